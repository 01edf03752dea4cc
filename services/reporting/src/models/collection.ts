import {
  AllocationReversedSchema,
  PaymentAllocatedSchema,
} from '@saleswright/contracts/saleswright/orders/v1/events_pb.ts'
import { amountOf } from '../rows/amount.ts'
import { model } from '../rows/model.ts'
import { type Place, placeOf } from '../rows/place.ts'
import { type Base, on, type Row } from '../rows/row.ts'

/**
 * Money that found its receivable, or below zero that was taken off it again, without tax. Each is a row of its own, for the
 * order may have had another owner by then.
 */
export type CollectionRow = Row &
  Place & {
    readonly orderId: string
    readonly customerId: string
    readonly day: string
    readonly currency: string
    readonly net: number
    /** Where the payment lies that it is a part of: whoever may read that counts it. */
    readonly payment: Place & { readonly id: string }
  }

type Movement = Parameters<typeof placeOf>[0] & {
  readonly paymentId: string
  readonly paymentPlace?: Parameters<typeof placeOf>[0] | undefined
  readonly orderId: string
  readonly customerId: string
  readonly net?: Parameters<typeof amountOf>[0]
}

/** What does not say where it lies counts for those alone who reach the whole company. */
const NOWHERE = { ownerId: '', unitId: '', orgPath: [] }

const rowOf = (event: Movement, base: Base, { day, sign }: { day: string; sign: 1 | -1 }): CollectionRow => {
  const { currency, minor } = amountOf(event.net)
  const { orderId, customerId, paymentId: id, paymentPlace = NOWHERE } = event
  const payment = { id, ...placeOf(paymentPlace) }
  return { ...base, ...placeOf(event), orderId, customerId, payment, day, currency, net: sign * minor }
}

export const collections = model<CollectionRow>({
  collection: 'collections',
  by: 'event',
  fields: { orderId: true, customerId: true, day: true, currency: true, net: true, payment: true },
  indexes: ['day'],
  owned: true,
  folds: [
    on(PaymentAllocatedSchema, (_row, event, base) => rowOf(event, base, { day: event.allocatedOn, sign: 1 })),
    on(AllocationReversedSchema, (_row, event, base) => rowOf(event, base, { day: event.reversedOn, sign: -1 })),
  ],
})
