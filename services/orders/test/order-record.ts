import { type Money, newId, type UnitPrice, unitPriceOf } from '@saleswright/kernel'
import type { Line, Order } from '../src/order/order.ts'

export const money = (minor: bigint | number): Money => ({ currency: 'CNY', minor: BigInt(minor) })
export const unitPrice = (minor: bigint | number): UnitPrice => unitPriceOf(money(minor))
export const pieces = (count: bigint | number) => ({ thousandths: BigInt(count) * 1000n })

export const aLine = (changes: Partial<Line> = {}): Line => ({
  lineNo: 1,
  sku: 'A',
  uom: '件',
  quantity: pieces(2),
  quantityDecimals: 0,
  priceKind: 'ex_factory',
  listUnitPrice: unitPrice(5000),
  unitPrice: unitPrice(5000),
  taxRate: { millionths: 0n },
  net: money(10_000),
  tax: money(0),
  gross: money(10_000),
  fromStock: true,
  shipped: pieces(0),
  ...changes,
})

export const anOrder = (changes: Partial<Order> = {}): Order => ({
  id: newId(),
  version: 1,
  companyId: newId(),
  ownerId: newId(),
  unitId: 'east',
  orgPath: ['root', 'east'],
  orderNo: 'SO-20260310-000001',
  status: 'draft',
  customerId: newId(),
  recordedFor: newId(),
  migrated: false,
  byPartner: false,
  businessDate: '2026-03-10',
  terms: 'prepay',
  priceApproval: 'not_needed',
  wordGiven: false,
  lines: [aLine()],
  net: money(10_000),
  tax: money(0),
  gross: money(10_000),
  collected: money(0),
  writtenOff: money(0),
  fundsConfirmed: false,
  underway: [],
  createdAt: new Date('2026-03-10T04:00:00Z'),
  ...changes,
})
