import { create } from '@bufbuild/protobuf'
import { PaymentHandedOverSchema } from '@saleswright/contracts/saleswright/orders/v1/events_pb.ts'
import type { BusinessDate, Decision } from '@saleswright/kernel'
import type { Payment } from './payment.ts'

type Place = Pick<Payment, 'ownerId' | 'unitId' | 'orgPath'>

/** What nobody has confirmed yet goes with the customer; confirmed money was credited, and stays where it was. */
export const handOverPayment = (payment: Payment, place: Place, on: BusinessDate): Decision<Payment> => {
  const { ownerId, unitId, orgPath } = place
  const event = create(PaymentHandedOverSchema, {
    paymentId: payment.id,
    customerId: payment.customerId,
    ownerId,
    unitId,
    orgPath: [...orgPath],
    on,
    ...(payment.partnerId !== undefined && { partnerId: payment.partnerId }),
  })
  return { next: { ...payment, ownerId, unitId, orgPath }, events: [event] }
}
