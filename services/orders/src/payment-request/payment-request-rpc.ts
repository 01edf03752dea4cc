import type { MessageInitShape } from '@bufbuild/protobuf'
import { moneyMessage, wordOf } from '@saleswright/contracts'
import {
  PaymentRequest_Status,
  PaymentRequestSchema,
  type PaymentRequestService,
} from '@saleswright/contracts/saleswright/orders/v1/money_in_pb.ts'
import { etagOf } from '@saleswright/kernel'
import { type Implementation, scopeOf } from '@saleswright/rpc'
import { pageFacts, queryOf } from '@saleswright/store'
import type { Desk } from '../desk.ts'
import { missing, type PaymentRequest, received, type Status } from './payment-request.ts'
import { settleDifference } from './settle-difference.ts'

export const paymentRequestRpc = (desk: Desk): Implementation<typeof PaymentRequestService> => {
  const { store, paymentRequests } = desk
  return {
    getPaymentRequest: async ({ paymentRequestId }, call) =>
      view(await paymentRequests.get(scopeOf(call), paymentRequestId)),

    listPaymentRequests: async (request, call) => {
      const { customerId, orderId, status } = request
      const filter = { customerId, orderId, status: wordOf(STATUS, status) }
      const page = await paymentRequests.list(scopeOf(call), queryOf(request, filter))
      return { paymentRequests: page.items.map(view), ...pageFacts(page) }
    },

    settlePaymentRequest: (request, call) =>
      store.answer(call, PaymentRequestSchema, async (tx) => view(await settleDifference({ desk, tx, call }, request))),
  }
}

const STATUS = {
  open: PaymentRequest_Status.OPEN,
  covered: PaymentRequest_Status.COVERED,
  cancelled: PaymentRequest_Status.CANCELLED,
} as const satisfies Record<Status, PaymentRequest_Status>

const view = (request: PaymentRequest): MessageInitShape<typeof PaymentRequestSchema> => ({
  paymentRequestId: request.id,
  requestNo: request.requestNo,
  orderId: request.orderId,
  orderNo: request.orderNo,
  customerId: request.customerId,
  ownerId: request.ownerId,
  status: STATUS[request.status],
  amount: moneyMessage(request.amount),
  received: moneyMessage(received(request)),
  missing: moneyMessage(missing(request)),
  requestedOn: request.requestedOn,
  dueOn: request.dueOn,
  etag: etagOf(request),
  ...(request.receivableId !== undefined && { receivableId: request.receivableId }),
})
