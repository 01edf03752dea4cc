import { parseUnitPrice } from '@saleswright/kernel'
import { millionthsOf, minorOf, moneyIn, quantityFrom, rateFrom, thousandthsOf } from '@saleswright/store'
import { storedUnitPrice } from '../pricing/stored-unit-price.ts'
import type { Line } from './order.ts'

type Amounts = 'net' | 'tax' | 'gross'
type Measures = Amounts | 'quantity' | 'shipped' | 'taxRate'
type Prices = 'listUnitPrice' | 'unitPrice'
export type LineDocument = Omit<Line, Measures | Prices | 'discountRate' | 'waiting'> &
  Record<Measures, number> &
  Record<Prices, string> & { discountRate?: number; waiting?: { quantity: number; promisedOn: string } }

export const lineDocument = ({ discountRate, waiting, ...line }: Line): LineDocument => ({
  ...line,
  quantity: thousandthsOf(line.quantity),
  listUnitPrice: storedUnitPrice(line.listUnitPrice),
  unitPrice: storedUnitPrice(line.unitPrice),
  ...(discountRate && { discountRate: millionthsOf(discountRate) }),
  taxRate: millionthsOf(line.taxRate),
  net: minorOf(line.net),
  tax: minorOf(line.tax),
  gross: minorOf(line.gross),
  ...(waiting && { waiting: { ...waiting, quantity: thousandthsOf(waiting.quantity) } }),
  shipped: thousandthsOf(line.shipped),
})

export const lineFrom =
  (currency: string) =>
  ({ discountRate, waiting, ...stored }: LineDocument): Line => {
    const money = moneyIn(currency)
    return {
      ...stored,
      quantity: quantityFrom(stored.quantity),
      listUnitPrice: parseUnitPrice(currency, stored.listUnitPrice),
      unitPrice: parseUnitPrice(currency, stored.unitPrice),
      ...(discountRate !== undefined && { discountRate: rateFrom(discountRate) }),
      taxRate: rateFrom(stored.taxRate),
      net: money(stored.net),
      tax: money(stored.tax),
      gross: money(stored.gross),
      ...(waiting && { waiting: { ...waiting, quantity: quantityFrom(waiting.quantity) } }),
      shipped: quantityFrom(stored.shipped),
    }
  }
