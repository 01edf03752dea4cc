import { derivedId, parseUnitPrice } from '@saleswright/kernel'
import { type Fields, type Mapping, ownFields } from '@saleswright/store'
import { Schema } from 'mongoose'
import { storedUnitPrice } from '../pricing/stored-unit-price.ts'
import type { PricePoint, ProductPrices } from './product-prices.ts'

type StoredPoint = Omit<PricePoint, 'unitPrice'> & { currency: string; unitPrice: string }
type ProductPricesDocument = Omit<Fields<ProductPrices>, 'points'> & { points: readonly StoredPoint[] }

const schema = new Schema({ sku: { type: String, required: true }, points: Array, changedAt: Date })
schema.index({ companyId: 1, sku: 1 }, { name: 'sku', unique: true })
schema.index({ companyId: 1, changedAt: 1 })

export const productPricesMapping: Mapping<ProductPrices, ProductPricesDocument> = {
  name: 'price',
  collection: 'product_prices',
  schema,
  // One for each product, under an id that is derived from its sku.
  generated: ['sku'],
  version: 1,
  document: (prices) => ({
    ...ownFields(prices),
    points: prices.points.map((point) => ({
      ...point,
      currency: point.unitPrice.currency,
      unitPrice: storedUnitPrice(point.unitPrice),
    })),
  }),
  record: (document) => ({
    ...ownFields(document),
    points: document.points.map(({ currency, unitPrice, ...point }) => ({
      ...point,
      unitPrice: parseUnitPrice(currency, unitPrice),
    })),
  }),
  orders: { sku: 'sku' },
  listed: 'sku',
  reaches: [],
}

/** One for each product of a company, found without a search. */
export const productPricesId = (companyId: string, sku: string): string => derivedId('product-prices', companyId, sku)
