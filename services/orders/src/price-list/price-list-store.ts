import {
  EXTERNAL_REF_FIELD,
  EXTERNAL_REF_UNIQUE,
  type Fields,
  indexExternalRef,
  type Mapping,
  minorOf,
  moneyIn,
  ownFields,
} from '@saleswright/store'
import { Schema } from 'mongoose'
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
  externalRef: EXTERNAL_REF_FIELD,
})
schema.index({ companyId: 1, kind: 1, currency: 1, validFrom: 1 }, { name: 'kind_and_day', unique: true })
indexExternalRef(schema)

export const priceListMapping: Mapping<PriceList, PriceListDocument> = {
  name: 'price_list',
  collection: 'priceLists',
  schema,
  version: 1,
  document: (list) => ({
    ...ownFields(list),
    entries: list.entries.map(({ sku, unitPrice }) => ({ sku, unitPrice: minorOf(unitPrice) })),
  }),
  record: (document) => {
    const money = moneyIn(document.currency)
    const entries = document.entries.map(({ sku, unitPrice }) => ({ sku, unitPrice: money(unitPrice) }))
    return { ...ownFields(document), entries }
  },
  orders: { validFrom: 'validFrom', name: 'name' },
  uniques: { kind_and_day: 'price_list_overlaps', ...EXTERNAL_REF_UNIQUE },
  reaches: [],
}
