import type { MessageInitShape } from '@bufbuild/protobuf'
import { moneyMessage, wordOf } from '@saleswright/contracts'
import {
  Payment_Method_Kind,
  Payment_Status,
  type PaymentAllocationSchema,
  PaymentSchema,
  type PaymentService,
} from '@saleswright/contracts/saleswright/orders/v1/money_in_pb.ts'
import { etagOf } from '@saleswright/kernel'
import { type Call, type Implementation, scopeOf } from '@saleswright/rpc'
import { pageFacts, queryOf } from '@saleswright/store'
import type { Desk } from '../desk.ts'
import type { Step } from '../order/order-steps.ts'
import { createPayment } from './create-payment.ts'
import { type Allocation, onAccount, type Payment, type Status } from './payment.ts'
import { refundPayment } from './refund-payment.ts'
import { applyStep, confirmStep, withdrawStep } from './use-payment.ts'

export const paymentRpc = (desk: Desk): Implementation<typeof PaymentService> => {
  const { store, payments } = desk
  const answer =
    <R>(step: (step: Step, request: R) => Promise<Payment>) =>
    (request: R, call: Call) =>
      store.answer(call, PaymentSchema, async (tx) => view(await step({ desk, tx, call }, request)))

  return {
    createPayment: answer(({ tx, call }, request) => createPayment(desk, tx, request, call)),

    getPayment: async ({ paymentId }, call) => view(await payments.get(scopeOf(call), paymentId)),

    listPayments: async (request, call) => {
      const { customerId, status, orderId } = request
      const filter = { customerId, status: wordOf(STATUS, status), 'allocations.orderId': orderId }
      const page = await payments.list(scopeOf(call), queryOf(request, filter))
      return { payments: page.items.map(view), ...pageFacts(page) }
    },

    confirmPayment: answer(confirmStep),
    withdrawPayment: answer(withdrawStep),
    applyPayment: answer(applyStep),
    refundPayment: answer(({ tx, call }, request) => refundPayment(desk, tx, request, call)),
  }
}

const STATUS = {
  recorded: Payment_Status.RECORDED,
  confirmed: Payment_Status.CONFIRMED,
  refunded: Payment_Status.REFUNDED,
  withdrawn: Payment_Status.WITHDRAWN,
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
  allocations: payment.allocations.map(allocationView),
  refunded: moneyMessage(payment.refunded),
  receivedOn: payment.receivedOn,
  etag: etagOf(payment),
  ...(payment.confirmedOn !== undefined && { onAccount: moneyMessage(onAccount(payment)) }),
  ...(payment.slipFileId !== undefined && { slipFileId: payment.slipFileId }),
  ...(payment.confirmedBy !== undefined && { confirmedBy: payment.confirmedBy }),
  ...(payment.externalRef && { externalRef: payment.externalRef }),
})

const allocationView = (allocation: Allocation): MessageInitShape<typeof PaymentAllocationSchema> => {
  const { receivableId, paymentRequestId, orderId, orderNo, amount, applied, reversed } = allocation
  return {
    orderId,
    orderNo,
    amount: moneyMessage(amount),
    applied: moneyMessage(applied),
    reversed: moneyMessage(reversed),
    ...(receivableId !== undefined && { receivableId }),
    ...(paymentRequestId !== undefined && { paymentRequestId }),
  }
}
