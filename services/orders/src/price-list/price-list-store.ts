import { parseUnitPrice } from '@saleswright/kernel'
import {
  EXTERNAL_REF_FIELD,
  EXTERNAL_REF_UNIQUE,
  type Fields,
  indexExternalRef,
  type Mapping,
  ownFields,
} from '@saleswright/store'
import { Schema } from 'mongoose'
import { storedUnitPrice } from '../pricing/stored-unit-price.ts'
import type { Correction, PriceList } from './price-list.ts'

type StoredEntry = { sku: string; unitPrice: string; validFrom: string }
type StoredCorrection = Omit<Correction, 'before' | 'after'> & { before: string; after: string }
type PriceListDocument = Omit<Fields<PriceList>, 'entries' | 'corrections'> & {
  entries: readonly StoredEntry[]
  corrections: readonly StoredCorrection[]
}

const schema = new Schema({
  name: { type: String, required: true },
  kind: String,
  currency: String,
  validFrom: { type: String, required: true },
  publishedOn: String,
  reasonCode: String,
  reason: String,
  entries: Array,
  corrections: Array,
  externalRef: EXTERNAL_REF_FIELD,
})
schema.index({ companyId: 1, kind: 1, currency: 1, validFrom: 1 })
indexExternalRef(schema)

export const priceListMapping: Mapping<PriceList, PriceListDocument> = {
  name: 'price_list',
  collection: 'priceLists',
  schema,
  version: 2,
  document: (list) => ({
    ...ownFields(list),
    entries: list.entries.map((entry) => ({ ...entry, unitPrice: storedUnitPrice(entry.unitPrice) })),
    corrections: list.corrections.map((correction) => ({
      ...correction,
      before: storedUnitPrice(correction.before),
      after: storedUnitPrice(correction.after),
    })),
  }),
  record: (document) => {
    const price = (amount: string) => parseUnitPrice(document.currency, amount)
    return {
      ...ownFields(document),
      entries: document.entries.map((entry) => ({ ...entry, unitPrice: price(entry.unitPrice) })),
      corrections: document.corrections.map((correction) => ({
        ...correction,
        before: price(correction.before),
        after: price(correction.after),
      })),
    }
  },
  orders: { validFrom: 'validFrom', name: 'name' },
  uniques: { ...EXTERNAL_REF_UNIQUE },
  reaches: [],
}
