import { addDays, type BusinessDate } from '@saleswright/kernel'
import type { Tx } from '@saleswright/store'
import type { Desk } from '../desk.ts'
import { type Order, paymentRequestId } from '../order/order.ts'
import { type PaymentRequest, requestPayment } from './payment-request.ts'

/** R213, R222: an order that waits for its funds asks for them; its number is that of the order, of which there is one. */
export const requestFunds = (desk: Desk, tx: Tx, order: Order, on: BusinessDate): PaymentRequest => {
  const { id: orderId, orderNo, customerId, companyId, ownerId, unitId, orgPath, partnerId, gross } = order
  return tx.save(
    desk.paymentRequests,
    requestPayment({
      id: paymentRequestId(orderId),
      companyId,
      ownerId,
      unitId,
      orgPath,
      requestNo: orderNo.replace(/^SO-/, 'PR-'),
      orderId,
      orderNo,
      customerId,
      amount: gross,
      requestedOn: on,
      dueOn: addDays(on, desk.prepayDays),
      ...(partnerId !== undefined && { partnerId }),
    }),
  )
}
