import {
  add,
  conflict,
  expectAmount,
  extend,
  inField,
  invalid,
  type Money,
  type Quantity,
  type Rate,
  sum,
  taxOn,
  type UnitPrice,
} from '@saleswright/kernel'
import { floorInForce, type Offer, type Offers, type PriceQuestion, priceInForce } from '../catalog/offer.ts'
import type { Line } from '../order/order.ts'
import { expectDecimals } from '../product/expect-decimals.ts'
import { type AboveListPolicy, classOf, type PriceClass, strictest } from './floors.ts'

export type WantedLine = {
  readonly sku: string
  readonly quantity: Quantity
  /** What was agreed with the customer; absent means the list price. */
  readonly agreedUnitPrice?: UnitPrice
  readonly discountRate?: Rate
}

/** Nothing is taken from stock for what a migration brought (decisions 14). */
export type LinesQuestion = PriceQuestion & AboveListPolicy

export type Priced = {
  readonly lines: readonly Line[]
  readonly net: Money
  readonly tax: Money
  readonly gross: Money
  readonly priceClass?: PriceClass
}

/** R165: prices come from the company's lists alone, or were agreed by somebody who may. */
export const priceLines = (offers: Offers, wanted: readonly WantedLine[], question: LinesQuestion): Priced => {
  const priced = wanted.map((line, index) => priceLine(offers, { ...line, index }, question))
  const lines = priced.map(({ line }) => line)
  const priceClass = strictest(priced.map((one) => one.priceClass))
  const total = (amount: 'net' | 'tax' | 'gross') =>
    inField('lines', () =>
      expectAmount(
        sum(
          question.currency,
          lines.map((line) => line[amount]),
        ),
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

const priceLine = (offers: Offers, wanted: Numbered, question: LinesQuestion) => {
  const { sku, quantity, discountRate } = wanted
  const offer = offerFor(offers, wanted)
  const { product } = offer
  checkQuantity(offer, wanted)
  const point = priceInForce(offer, question)
  if (!point) throw conflict('no_price', { sku, date: question.date })
  const { unitPrice: listUnitPrice, kind } = point
  const unitPrice = wanted.agreedUnitPrice ?? listUnitPrice
  const net = inField(`lines[${wanted.index}].quantity`, () => extend(unitPrice, quantity, discountRate))
  const tax = taxOn(net, product.taxRate)
  const line: Line = {
    lineNo: wanted.index + 1,
    sku,
    uom: product.uom,
    quantity,
    quantityDecimals: product.quantityDecimals,
    priceKind: kind,
    listUnitPrice,
    unitPrice,
    ...(discountRate && { discountRate }),
    taxRate: product.taxRate,
    net,
    tax,
    gross: add(net, tax),
    fromStock: product.stocked && !question.migrated,
    shipped: { thousandths: 0n },
  }
  if (wanted.agreedUnitPrice === undefined && discountRate === undefined) return { line, priceClass: undefined }
  const floor = floorInForce(offer, { ...question, kind })
  return {
    line,
    priceClass: classOf({ sku, unitPrice, discountRate, listUnitPrice, kind, floor }, question),
  }
}

const offerFor = (offers: Offers, { sku, index }: Numbered): Offer => {
  const offer = offers.get(sku)
  if (!offer) throw wrong(index, 'sku', 'unknown_sku', { sku })
  if (!offer.product.active) throw conflict('product_inactive', { sku })
  return offer
}

const checkQuantity = ({ product }: Offer, { sku, quantity, index }: Numbered): void => {
  if (quantity.thousandths === 0n) throw wrong(index, 'quantity', 'quantity_zero', { sku })
  expectDecimals(quantity, product, `lines[${index}].quantity`)
}

/** What each refusal says of its field. */
const MESSAGES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    unknown_sku: 'is not a product',
    quantity_zero: 'must be above zero',
    mixed_currencies: 'must be in the currency of the order',
  }),
)

/** The fault of one line of the request, counted from zero. */
export const wrong = (index: number, field: string, code: string, params: Readonly<Record<string, string>>) =>
  invalid(code, params, [{ field: `lines[${index}].${field}`, rule: code, message: MESSAGES.get(code) ?? '' }])
