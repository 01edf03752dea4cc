import { LedgerLine_Kind } from '@saleswright/contracts/saleswright/orders/v1/money_in_pb.ts'
import { expect, test } from 'vitest'
import { goods } from './goods.ts'
import { selling } from './selling.ts'
import { openStage } from './stage.ts'

const stage = await openStage()
const { ledger, receivables, stock } = stage
const { rep, finance, accepted, pay } = await selling(stage)
const add = goods(stage, finance)
const customerId = stage.customers.file({ ownerId: rep.id })

test('what is owed and booked is listed newest first, and stock by product, though their ids tell nothing of that', {
  timeout: 30_000,
}, async () => {
  const skus: string[] = []
  for (let n = 0; n < 6; n++) skus.push(await add({ exFactory: '100', stock: '5' }))
  const numbers: string[] = []
  for (const sku of skus) {
    const { orderId, orderNo } = await accepted({ sku, customerId })
    await pay(orderId, '100.00')
    numbers.unshift(orderNo)
  }
  const owed = await receivables.listReceivables({}, finance.as())
  const booked = await ledger.listLedgerLines({}, finance.as())
  const ofOne = await receivables.listReceivables({ customerId }, finance.as())
  expect([owed, ofOne].map((page) => page.receivables.map(({ orderNo }) => orderNo))).toEqual([numbers, numbers])
  const bills = booked.ledgerLines.filter(({ kind }) => kind === LedgerLine_Kind.BILL)
  expect(bills.map(({ orderNo }) => orderNo)).toEqual(numbers)
  const { stockItems } = await stock.listStockItems({}, finance.as())
  expect(stockItems.map(({ sku }) => sku)).toEqual(skus.toSorted())
})
