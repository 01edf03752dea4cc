import type { Fields, Mapping } from '@saleswright/store'
import { Schema } from 'mongoose'
import { minorOf, moneyIn } from '../exact-fields.ts'
import { EXTERNAL_REF_INDEX, EXTERNAL_REF_TAKEN } from '../external-ref.ts'
import { pick } from '../pick.ts'
import type { PriceList } from './price-list.ts'

type PriceListDocument = Omit<Fields<PriceList>, 'entries'> & {
  entries: readonly { sku: string; unitPrice: number }[]
}

const schema = new Schema({
  name: { type: String, required: true },
  kind: String,
  currency: String,
  validFrom: { type: String, required: true },
  reason: String,
  entries: Array,
  externalRef: Object,
})
schema.index({ companyId: 1, kind: 1, currency: 1, validFrom: 1 }, { name: 'kind_and_day', unique: true })
schema.index(...EXTERNAL_REF_INDEX)

const PLAIN = [
  'name',
  'kind',
  'currency',
  'validFrom',
  'reason',
  'externalRef',
] as const satisfies readonly (keyof PriceList)[]

export const priceListMapping: Mapping<PriceList, PriceListDocument> = {
  name: 'price_list',
  collection: 'priceLists',
  schema,
  version: 1,
  document: (list) => ({
    ...pick(list, PLAIN),
    entries: list.entries.map(({ sku, unitPrice }) => ({ sku, unitPrice: minorOf(unitPrice) })),
  }),
  record: (document) => {
    const money = moneyIn(document.currency)
    const entries = document.entries.map(({ sku, unitPrice }) => ({ sku, unitPrice: money(unitPrice) }))
    return { ...pick(document, PLAIN), entries }
  },
  orders: { validFrom: 'validFrom', name: 'name' },
  uniques: { kind_and_day: 'price_list_overlaps', ...EXTERNAL_REF_TAKEN },
  reaches: [],
}
