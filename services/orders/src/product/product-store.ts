import type { Fields, Mapping } from '@saleswright/store'
import { Schema } from 'mongoose'
import { millionthsOf, rateFrom } from '../exact-fields.ts'
import { EXTERNAL_REF_INDEX, EXTERNAL_REF_TAKEN } from '../external-ref.ts'
import { pick } from '../pick.ts'
import { prefixesOf, SEARCH_INDEX } from '../search-keys.ts'
import type { Product } from './product.ts'

type ProductDocument = Omit<Fields<Product>, 'taxRate'> & { taxRate: number; searchKeys: readonly string[] }

const schema = new Schema({
  sku: { type: String, required: true },
  name: { type: String, required: true },
  series: String,
  uom: String,
  taxRate: Number,
  stocked: Boolean,
  active: Boolean,
  externalRef: Object,
  searchKeys: [String],
})
schema.index({ companyId: 1, sku: 1 }, { name: 'sku', unique: true })
schema.index(...EXTERNAL_REF_INDEX)
schema.index(...SEARCH_INDEX)

const PLAIN = [
  'sku',
  'name',
  'series',
  'uom',
  'stocked',
  'active',
  'externalRef',
] as const satisfies readonly (keyof Product)[]

export const productMapping: Mapping<Product, ProductDocument> = {
  name: 'product',
  collection: 'products',
  schema,
  version: 1,
  document: (product) => ({
    ...pick(product, PLAIN),
    taxRate: millionthsOf(product.taxRate),
    searchKeys: prefixesOf(product.sku, product.name, product.series ?? ''),
  }),
  record: (document) => ({ ...pick(document, PLAIN), taxRate: rateFrom(document.taxRate) }),
  orders: { sku: 'sku', name: 'name' },
  uniques: { sku: 'product_exists', ...EXTERNAL_REF_TAKEN },
  reaches: [],
}
