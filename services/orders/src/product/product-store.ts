import {
  EXTERNAL_REF_FIELD,
  EXTERNAL_REF_UNIQUE,
  type Fields,
  indexExternalRef,
  indexSearchKeys,
  type Mapping,
  millionthsOf,
  ownFields,
  rateFrom,
  searchKeys,
} from '@saleswright/store'
import { Schema } from 'mongoose'
import type { Product } from './product.ts'

type ProductDocument = Omit<Fields<Product>, 'taxRate'> & { taxRate: number; searchKeys: readonly string[] }

const schema = new Schema({
  sku: { type: String, required: true },
  name: { type: String, required: true },
  series: String,
  uom: String,
  quantityDecimals: Number,
  taxRate: Number,
  stocked: Boolean,
  active: Boolean,
  changedAt: Date,
  externalRef: EXTERNAL_REF_FIELD,
  searchKeys: [String],
})
schema.index({ companyId: 1, sku: 1 }, { name: 'sku', unique: true })
schema.index({ companyId: 1, changedAt: 1 })
indexExternalRef(schema)
indexSearchKeys(schema)

export const productMapping: Mapping<Product, ProductDocument> = {
  name: 'product',
  collection: 'products',
  schema,
  version: 1,
  document: (product) => ({
    ...ownFields(product),
    taxRate: millionthsOf(product.taxRate),
    searchKeys: searchKeys(product.sku, product.name, product.series ?? ''),
  }),
  record: (document) => ({ ...ownFields(document), taxRate: rateFrom(document.taxRate) }),
  orders: { sku: 'sku', name: 'name' },
  uniques: { sku: 'product_exists', ...EXTERNAL_REF_UNIQUE },
  reaches: [],
}
