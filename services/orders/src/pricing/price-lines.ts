import {
  add,
  type BusinessDate,
  conflict,
  expectAmount,
  invalid,
  type Money,
  type Quantity,
  sum,
  taxOn,
  times,
} from '@saleswright/kernel'
import { type Catalog, floorInForce, listInForce, type Prices } from '../catalog/prices-in-force.ts'
import type { Line } from '../order/order.ts'
import type { PriceKind } from '../price-list/price-list.ts'
import type { Product } from '../product/product.ts'
import { classOf, type PriceClass, strictest } from './floors.ts'

export type WantedLine = {
  readonly sku: string
  readonly quantity: Quantity
  /** What was agreed with the customer; absent means the list price. */
  readonly agreedUnitPrice?: Money
}

export type PriceQuestion = {
  readonly kind: PriceKind
  readonly date: BusinessDate
  readonly currency: string
  /** Nothing is taken from stock for what a migration brought (decisions 14). */
  readonly migrated: boolean
}

export type Priced = {
  readonly lines: readonly Line[]
  readonly net: Money
  readonly tax: Money
  readonly gross: Money
  readonly priceClass?: PriceClass
}

/** R165: prices come from the company's lists alone, or were agreed by somebody who may. */
export const priceLines = (catalog: Catalog, wanted: readonly WantedLine[], question: PriceQuestion): Priced => {
  const list = listInForce(catalog, question)
  const priced = wanted.map((line, index) => priceLine(catalog, list, { ...line, index }, question))
  const lines = priced.map(({ line }) => line)
  const priceClass = strictest(priced.map((one) => one.priceClass))
  const total = (amount: 'net' | 'tax' | 'gross') =>
    expectAmount(
      sum(
        question.currency,
        lines.map((line) => line[amount]),
      ),
    )
  return {
    lines,
    net: total('net'),
    tax: total('tax'),
    gross: total('gross'),
    ...(priceClass && { priceClass }),
  }
}

type Numbered = WantedLine & { readonly index: number }

const priceLine = (catalog: Catalog, list: Prices | undefined, wanted: Numbered, question: PriceQuestion) => {
  const { sku, quantity, index } = wanted
  const product = productFor(catalog, wanted)
  const listUnitPrice = list?.bySku.get(sku)
  if (!listUnitPrice) throw conflict('no_price', { sku, date: question.date })
  if (quantity.thousandths === 0n) throw wrong(index, 'quantity', 'quantity_zero', { sku })
  const unitPrice = wanted.agreedUnitPrice ?? listUnitPrice
  if (unitPrice.minor < 0n) throw wrong(index, 'agreedUnitPrice', 'price_below_zero', { sku })
  const net = expectAmount(times(unitPrice, quantity))
  const tax = taxOn(net, product.taxRate)
  const line: Line = {
    lineNo: index + 1,
    sku,
    uom: product.uom,
    quantity,
    listUnitPrice,
    unitPrice,
    taxRate: product.taxRate,
    net,
    tax,
    gross: add(net, tax),
    fromStock: product.stocked && !question.migrated,
    shipped: { thousandths: 0n },
  }
  return { line, priceClass: classOf(unitPrice, listUnitPrice, floorInForce(catalog, sku, question)) }
}

const productFor = ({ products }: Catalog, { sku, index }: Numbered): Product => {
  const product = products.get(sku)
  if (!product) throw wrong(index, 'sku', 'unknown_sku', { sku })
  if (!product.active) throw conflict('product_inactive', { sku })
  return product
}

/** What each refusal says of its field. */
const MESSAGES: Readonly<Record<string, string>> = {
  unknown_sku: 'is no product',
  quantity_zero: 'must be above zero',
  price_below_zero: 'must not be below zero',
  mixed_currencies: 'must be in the currency of the order',
}

/** The fault of one line of the request, counted from zero. */
export const wrong = (index: number, field: string, code: string, params: Readonly<Record<string, string>>) =>
  invalid(code, params, [{ field: `lines[${index}].${field}`, rule: code, message: MESSAGES[code] ?? '' }])
