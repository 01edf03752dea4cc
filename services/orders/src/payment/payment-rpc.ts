import type { MessageInitShape } from '@bufbuild/protobuf'
import { moneyMessage, wordOf } from '@saleswright/contracts'
import type { ConfirmPaymentRequest } from '@saleswright/contracts/saleswright/orders/v1/money_in_pb.ts'
import {
  Payment_Method_Kind,
  Payment_Status,
  PaymentSchema,
  type PaymentService,
} from '@saleswright/contracts/saleswright/orders/v1/money_in_pb.ts'
import { todayIn } from '@saleswright/directory'
import { acceptBusinessDate, etagOf, expectEtag, mayMigrate } from '@saleswright/kernel'
import { type Call, type Implementation, scopeOf } from '@saleswright/rpc'
import { pageFacts, queryOf, type Tx } from '@saleswright/store'
import { expectNotBefore } from '../business-day.ts'
import type { Desk } from '../desk.ts'
import { confirmAndAllocate } from './confirm.ts'
import { createPayment } from './create-payment.ts'
import { onAccount, type Payment, type Status } from './payment.ts'
import { refundPayment } from './refund-payment.ts'

export const paymentRpc = (desk: Desk): Implementation<typeof PaymentService> => {
  const { store, payments } = desk
  return {
    createPayment: (request, call) =>
      store.answer(call, PaymentSchema, async (tx) => view(await createPayment(desk, tx, request, call))),

    getPayment: async ({ paymentId }, call) => view(await payments.get(scopeOf(call), paymentId)),

    listPayments: async (request, call) => {
      const { customerId, status, orderId } = request
      const filter = { customerId, status: wordOf(STATUS, status), 'allocations.orderId': orderId }
      const page = await payments.list(scopeOf(call), queryOf(request, filter))
      return { payments: page.items.map(view), ...pageFacts(page) }
    },

    confirmPayment: (request, call) =>
      store.answer(call, PaymentSchema, async (tx) => view(await confirm(desk, tx, request, call))),

    refundPayment: (request, call) =>
      store.answer(call, PaymentSchema, async (tx) => view(await refundPayment(desk, tx, request, call))),
  }
}

const confirm = async (desk: Desk, tx: Tx, request: ConfirmPaymentRequest, call: Call): Promise<Payment> => {
  const { actor, at } = call
  const payment = await tx.get(desk.payments, scopeOf(call), request.paymentId)
  expectEtag(payment, request.etag)
  if (payment.status === 'confirmed' && payment.confirmedBy === actor.id) return payment
  const on = acceptBusinessDate(request.on, await todayIn(desk.directory, payment.companyId, at), mayMigrate(actor))
  expectNotBefore(on, payment.receivedOn, 'on')
  return confirmAndAllocate({ desk, tx }, { next: payment, events: [] }, { by: actor.id, on })
}

const STATUS = {
  recorded: Payment_Status.RECORDED,
  confirmed: Payment_Status.CONFIRMED,
  refunded: Payment_Status.REFUNDED,
} as const satisfies Record<Status, Payment_Status>

const METHOD = {
  cash: Payment_Method_Kind.CASH,
  transfer: Payment_Method_Kind.TRANSFER,
} as const satisfies Record<Payment['method'], Payment_Method_Kind>

const view = (payment: Payment): MessageInitShape<typeof PaymentSchema> => ({
  paymentId: payment.id,
  paymentNo: payment.paymentNo,
  customerId: payment.customerId,
  status: STATUS[payment.status],
  method: METHOD[payment.method],
  amount: moneyMessage(payment.amount),
  allocations: payment.allocations.map(({ receivableId, amount }) => ({ receivableId, amount: moneyMessage(amount) })),
  receivedOn: payment.receivedOn,
  etag: etagOf(payment),
  ...(payment.status !== 'recorded' && { onAccount: moneyMessage(onAccount(payment)) }),
  ...(payment.slipFileId !== undefined && { slipFileId: payment.slipFileId }),
  ...(payment.confirmedBy !== undefined && { confirmedBy: payment.confirmedBy }),
  ...(payment.externalRef && { externalRef: payment.externalRef }),
})
