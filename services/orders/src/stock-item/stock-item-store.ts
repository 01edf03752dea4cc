import { derivedId } from '@saleswright/kernel'
import { type Fields, type Mapping, quantityFrom, thousandthsOf } from '@saleswright/store'
import { Schema } from 'mongoose'
import type { StockItem } from './stock-item.ts'

type StockItemDocument = Record<Exclude<keyof Fields<StockItem>, 'sku'>, number> & { sku: string }

const schema = new Schema({ sku: { type: String, required: true }, onHand: Number, reserved: Number })
schema.index({ companyId: 1, sku: 1 }, { name: 'sku', unique: true })

export const stockItemMapping: Mapping<StockItem, StockItemDocument> = {
  name: 'stock_item',
  collection: 'stockItems',
  schema,
  // One for each product, under an id that is derived from its sku.
  generated: ['sku'],
  version: 1,
  document: ({ sku, onHand, reserved }) => ({
    sku,
    onHand: thousandthsOf(onHand),
    reserved: thousandthsOf(reserved),
  }),
  record: ({ sku, onHand, reserved }) => ({ sku, onHand: quantityFrom(onHand), reserved: quantityFrom(reserved) }),
  orders: { sku: 'sku' },
  listed: 'sku',
  reaches: [],
}

/** One for each product of a company, found without a search. */
export const stockItemId = (companyId: string, sku: string): string => derivedId('stock-item', companyId, sku)
