import { ServicePolicyService } from '@saleswright/contracts/saleswright/api/v1/policy_pb.ts'
import { Order_Payment_Terms, OrderService } from '@saleswright/contracts/saleswright/orders/v1/order_pb.ts'
import { AppError } from '@saleswright/kernel'
import { client } from '@saleswright/rpc'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Books, booksOf, expectExact, inCurrency, minor } from './books.ts'
import { goods, INTRODUCTION } from './goods.ts'
import { selling } from './selling.ts'
import { openStage, ROOT, TODAY } from './stage.ts'

const stage = await openStage()
const { orders, payments, paymentRequests, receivables, shipments } = stage
const { rep, finance, cashier } = await selling(stage)
const sku = await goods(stage, finance)({ exFactory: '33.33', taxRate: '0.13' })
await stage.prices.createPriceList(
  {
    name: 'export',
    kind: 1,
    currencyCode: 'USD',
    validFrom: '2026-01-01',
    ...INTRODUCTION,
    entries: [{ sku, unitPrice: { currencyCode: 'USD', amount: '33.33' } }],
  },
  finance.as(),
)

const STEPS = [
  'order',
  'pay',
  'pay',
  'pay',
  'confirm',
  'confirm',
  'withdraw',
  'refund',
  'refund',
  'apply',
  'apply',
  'order',
  'apply',
  'cancel',
  'ship',
  'give up',
  'settle',
] as const
const history = fc.array(
  fc.record({
    step: fc.constantFrom(...STEPS),
    pick: fc.nat({ max: 1_000 }),
    size: fc.integer({ min: 1, max: 9_000 }),
    on: fc.boolean(),
    dollars: fc.boolean(),
  }),
  { minLength: 12, maxLength: 30 },
)
type Move = typeof history extends fc.Arbitrary<readonly (infer M)[]> ? M : never

const pickOf = <T>(all: readonly T[], pick: number): T | undefined => all[pick % Math.max(all.length, 1)]

const place = async (customerId: string, { on, dollars, pick }: Move) => {
  const price = inCurrency(dollars ? 'USD' : 'CNY', 3_333)
  const lines = [{ sku, quantity: String(1 + (pick % 3)), agreedUnitPrice: price }]
  const paymentTerms = on && !dollars ? Order_Payment_Terms.CREDIT : Order_Payment_Terms.PREPAY
  const { orderId } = await orders.createOrder({ customerId, lines, confirmed: true, paymentTerms }, rep.as())
  return orders.acknowledgeStock({ orderId }, rep.as())
}

/** What money may be for, and how much of it that lacks. */
const targetsOf = ({ bills, requests }: Books) => [
  ...bills.map(({ receivableId, open }) => ({ named: { receivableId }, lacking: open! })),
  ...requests.map(({ paymentRequestId, missing }) => ({ named: { paymentRequestId }, lacking: missing! })),
]

const record = (customerId: string, books: Books, { pick, size, on }: Move) => {
  const target = pickOf(targetsOf(books), pick)
  if (!target || minor(target.lacking) === 0) return
  const { currencyCode } = target.lacking
  const part = on ? minor(target.lacking) : Math.min(minor(target.lacking), size)
  const amount = inCurrency(currencyCode, part + (pick % 2 === 0 ? size : 0))
  const allocations = [{ ...target.named, amount: inCurrency(currencyCode, part) }]
  return payments.createPayment({ customerId, amount, method: 2, allocations, receivedOn: TODAY }, rep.as())
}

/** Confirmed payments, the one that is picked first, and now and then any other. */
const paidOf = ({ payments: all }: Books, pick: number) =>
  pickOf(pick % 5 === 0 ? all : all.filter(({ onAccount }) => onAccount), pick)

const giveBack = (books: Books, { pick, size, on }: Move) => {
  const payment = paidOf(books, pick)
  if (!payment) return
  const { paymentId, amount, allocations, onAccount } = payment
  const { currencyCode } = amount!
  const money = (most: number) => inCurrency(currencyCode, pick % 7 === 0 ? size : Math.min(size, Math.max(most, 1)))
  const part = pickOf(allocations, pick)
  const named = part?.receivableId
    ? { receivableId: part.receivableId }
    : { paymentRequestId: part?.paymentRequestId ?? '' }
  const back = on
    ? { onAccount: money(onAccount ? minor(onAccount) : 0) }
    : { allocations: [{ ...named, amount: money(part ? minor(part.amount!) : 0) }] }
  return payments.refundPayment({ paymentId, reason: '退款', ...back }, cashier.as())
}

const apply = (books: Books, { pick, size }: Move) => {
  const payment = paidOf(books, pick)
  const { currencyCode } = payment?.amount ?? { currencyCode: '' }
  const targets = targetsOf(books).filter(({ lacking }) => lacking.currencyCode === currencyCode && minor(lacking) > 0)
  const target = pickOf(targets, pick)
  if (!payment || !target) return
  const most = Math.min(minor(target.lacking), payment.onAccount ? Math.max(minor(payment.onAccount), 1) : size)
  const part = inCurrency(currencyCode, pick % 7 === 0 ? size : Math.min(size, most))
  const { paymentId } = payment
  return payments.applyPayment({ paymentId, allocations: [{ ...target.named, amount: part }] }, finance.as())
}

const ship = async (books: Books, { pick }: Move) => {
  const orderId = pickOf(books.orders, pick)?.orderId ?? ''
  await orders.releaseOrder({ orderId }, finance.as())
  const { shipmentId } = await shipments.createShipment({ orderId }, rep.as())
  return shipments.ship({ shipmentId, photoIds: [stage.gateway.upload()] }, rep.as())
}

const act = async (customerId: string, books: Books, move: Move): Promise<unknown> => {
  const { step, pick } = move
  const paymentId = pickOf(books.payments, pick)?.paymentId ?? ''
  const reason = '核对'
  switch (step) {
    case 'order':
      return place(customerId, move)
    case 'pay':
      return record(customerId, books, move)
    case 'confirm':
      return payments.confirmPayment({ paymentId }, finance.as())
    case 'withdraw':
      return payments.withdrawPayment({ paymentId, reason }, rep.as())
    case 'refund':
      return giveBack(books, move)
    case 'apply':
      return apply(books, move)
    case 'cancel':
      return orders.cancelOrder({ orderId: pickOf(books.orders, pick)?.orderId ?? '', reason }, rep.as())
    case 'ship':
      return ship(books, move)
    case 'give up':
      return receivables.writeOffReceivable(
        { receivableId: pickOf(books.bills, pick)?.receivableId ?? '', reason },
        finance.as(),
      )
    case 'settle':
      return paymentRequests.settlePaymentRequest(
        { paymentRequestId: pickOf(books.requests, pick)?.paymentRequestId ?? '', reason },
        finance.as(),
      )
  }
}

const REFUSALS = ['conflict', 'invalid', 'not_found']

test('after whatever happens, the ledger is receivables less unapplied cash, for each customer and currency', {
  timeout: 240_000,
}, async () => {
  const change = { context: 'orders', name: 'small_difference', value: '5000', validFrom: TODAY, reason: '试运行' }
  const admin = await stage.someone(['policies.write@company'], [ROOT])
  await client(ServicePolicyService, stage.hosted.transportOf(OrderService)).updateServicePolicy(change, admin.as())
  const done = new Map<string, number>()
  await fc.assert(
    fc.asyncProperty(history, async (moves) => {
      const customerId = stage.customers.file({ ownerId: rep.id, creditLimit: '1000.00' })
      let books = await booksOf(stage, finance, customerId)
      for (const move of [{ ...moves[0]!, step: 'order' } as Move, ...moves]) {
        try {
          if ((await act(customerId, books, move)) !== undefined) done.set(move.step, (done.get(move.step) ?? 0) + 1)
        } catch (error) {
          if (!(error instanceof AppError) || !REFUSALS.includes(error.kind)) throw error
        }
        books = await booksOf(stage, finance, customerId)
        expectExact(books)
      }
    }),
    { numRuns: 16, seed: 20_260_310, endOnFailure: true },
  )
  expect([...done.keys()].toSorted()).toEqual([...new Set(STEPS)].toSorted())
})
