import { PriceList_Change_Reason, PriceList_Kind } from '@saleswright/contracts/saleswright/orders/v1/catalog_pb.ts'
import { Payment_Method_Kind } from '@saleswright/contracts/saleswright/orders/v1/money_in_pb.ts'
import { describe, expect, test } from 'vitest'
import { goods, yuan } from './goods.ts'
import { selling } from './selling.ts'
import { openStage, TODAY } from './stage.ts'

const stage = await openStage()
const { orders, payments, prices, shipments } = stage
const { rep, finance, order, openOf, pay } = await selling(stage)
const sku = await goods(stage, finance)({ exFactory: '100.00' })
const customerId = stage.customers.file({ ownerId: rep.id })
const dollars = { currencyCode: 'USD', amount: '1.00' }

const ordered = async () => {
  const { orderId } = await order({ sku, customerId, quantity: '2', confirmed: true })
  await orders.acknowledgeStock({ orderId }, rep.as())
  return orderId
}
const released = async () => {
  const orderId = await ordered()
  await pay(orderId, '200.00')
  return orders.releaseOrder({ orderId }, finance.as())
}
const listed = (...entries: readonly { sku: string; unitPrice: { currencyCode: string; amount: string } }[]) =>
  prices.createPriceList(
    {
      name: 'x',
      kind: PriceList_Kind.RETAIL,
      currencyCode: 'CNY',
      validFrom: '2026-01-01',
      reason: 'x',
      reasonCode: PriceList_Change_Reason.COST,
      entries: [...entries],
    },
    finance.as(),
  )
const floors = (rep: string, manager: string, of = sku) =>
  prices.createPriceFloor(
    {
      sku: of,
      kind: PriceList_Kind.EX_FACTORY,
      repFloor: yuan(rep),
      managerFloor: yuan(manager),
      validFrom: '2026-01-01',
      reasonCode: PriceList_Change_Reason.COST,
    },
    finance.as(),
  )
const planned = async (...lines: readonly { lineNo: number; quantity: string }[]) =>
  shipments.createShipment({ orderId: (await released()).orderId, lines: [...lines] }, rep.as())
const paid = async (amount: string, ...amounts: readonly string[]) => {
  const { target } = await openOf(await ordered())
  const allocations = amounts.map((part) => ({ ...target, amount: yuan(part) }))
  const method = Payment_Method_Kind.CASH
  return payments.createPayment({ customerId, amount: yuan(amount), method, allocations, receivedOn: TODAY }, rep.as())
}
const agreed = (...agreedUnitPrices: readonly { currencyCode: string; amount: string }[]) =>
  order({
    sku,
    customerId,
    lines: agreedUnitPrices.map((agreedUnitPrice) => ({ sku, quantity: '1', agreedUnitPrice })),
  })

describe('a refusal names the field', () => {
  test.each([
    ['sku_twice', 'entries[1].sku', () => listed({ sku, unitPrice: yuan('1') }, { sku, unitPrice: yuan('2') })],
    ['unknown_sku', 'entries[1].sku', () => listed({ sku, unitPrice: yuan('1') }, { sku: '-', unitPrice: yuan('2') })],
    ['mixed_currencies', 'entries[0].unitPrice', () => listed({ sku, unitPrice: dollars })],
    ['floors_crossed', 'managerFloor', () => floors('50.00', '60.00')],
    ['quantity_not_whole', 'lines[0].quantity', () => order({ sku, customerId, quantity: '1.5' })],
    ['quantity_not_whole', 'lines[0].quantity', () => planned({ lineNo: 1, quantity: '0.5' })],
    ['quantity_not_whole', 'change', () => stage.stock.adjustStock({ sku, change: '0.5', reason: 'x' }, finance.as())],
    ['unknown_sku', 'sku', () => floors('50.00', '40.00', '-')],
    ['line_twice', 'lines[1].lineNo', () => planned({ lineNo: 1, quantity: '1' }, { lineNo: 1, quantity: '1' })],
    ['quantity_zero', 'lines[0].quantity', () => planned({ lineNo: 1, quantity: '0' })],
    ['amount_not_positive', 'amount', () => paid('0.00', '1.00')],
    ['amount_not_positive', 'allocations[0].amount', () => paid('1.00', '0.00')],
    ['receivable_twice', 'allocations[1].receivableId', () => paid('2.00', '1.00', '1.00')],
    ['mixed_currencies', 'lines[1].agreedUnitPrice', () => agreed(yuan('100.00'), dollars)],
    ['quantity_zero', 'change', () => stage.stock.adjustStock({ sku, change: '0', reason: 'x' }, finance.as())],
    ['unknown_sku', 'sku', () => stage.stock.adjustStock({ sku: '-', change: '1', reason: 'x' }, finance.as())],
    [
      'dates_crossed',
      'orderDateTo',
      () => orders.listOrders({ orderDateFrom: '2026-02-01', orderDateTo: '2026-01-01' }, rep.as()),
    ],
  ] as const)('%s: %s', async (code, field, ask) => {
    await expect(ask()).rejects.toMatchObject({ kind: 'invalid', code, violations: [{ field, rule: code }] })
  })
})
