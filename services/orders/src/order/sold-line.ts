import { moneyMessage, unitPriceMessage } from '@saleswright/contracts'
import { formatQuantity, formatRate } from '@saleswright/kernel'
import type { Line } from './order.ts'

/** A line as events tell it. */
export const soldLine = (line: Line) => ({
  lineNo: line.lineNo,
  sku: line.sku,
  quantity: formatQuantity(line.quantity),
  priceKind: line.priceKind,
  listUnitPrice: unitPriceMessage(line.listUnitPrice),
  unitPrice: unitPriceMessage(line.unitPrice),
  ...(line.discountRate && { discountRate: formatRate(line.discountRate) }),
  net: moneyMessage(line.net),
  tax: moneyMessage(line.tax),
  gross: moneyMessage(line.gross),
})
