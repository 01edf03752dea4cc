import { millionthsOf, minorOf, moneyIn, quantityFrom, rateFrom, thousandthsOf } from '@saleswright/store'
import type { Line } from './order.ts'

type Amounts = 'listUnitPrice' | 'unitPrice' | 'net' | 'tax' | 'gross'
type Measures = Amounts | 'quantity' | 'shipped' | 'taxRate'
export type LineDocument = Omit<Line, Measures> & Record<Measures, number>

export const lineDocument = (line: Line): LineDocument => ({
  lineNo: line.lineNo,
  sku: line.sku,
  uom: line.uom,
  quantity: thousandthsOf(line.quantity),
  listUnitPrice: minorOf(line.listUnitPrice),
  unitPrice: minorOf(line.unitPrice),
  taxRate: millionthsOf(line.taxRate),
  net: minorOf(line.net),
  tax: minorOf(line.tax),
  gross: minorOf(line.gross),
  fromStock: line.fromStock,
  shipped: thousandthsOf(line.shipped),
})

export const lineFrom =
  (currency: string) =>
  (stored: LineDocument): Line => {
    const money = moneyIn(currency)
    return {
      lineNo: stored.lineNo,
      sku: stored.sku,
      uom: stored.uom,
      quantity: quantityFrom(stored.quantity),
      listUnitPrice: money(stored.listUnitPrice),
      unitPrice: money(stored.unitPrice),
      taxRate: rateFrom(stored.taxRate),
      net: money(stored.net),
      tax: money(stored.tax),
      gross: money(stored.gross),
      fromStock: stored.fromStock,
      shipped: quantityFrom(stored.shipped),
    }
  }
