import { type Envelope, when } from '@saleswright/bus'
import { readMoney } from '@saleswright/contracts'
import {
  type AllocationReversed,
  AllocationReversedSchema,
  type PaymentAllocated,
  PaymentAllocatedSchema,
} from '@saleswright/contracts/saleswright/orders/v1/events_pb.ts'
import { type BusinessDate, invalid } from '@saleswright/kernel'
import type { Built } from '@saleswright/service'
import type { Collected } from './attainment/collected.ts'
import type { Desk } from './desk.ts'

export const reactionsOf = ({ collected }: Desk): NonNullable<Built['reactions']> => [
  {
    name: 'collected',
    from: ['orders'],
    handlers: [
      when(PaymentAllocatedSchema, async (event, { envelope, tx }) => {
        tx.put(collected, rowOf(envelope, event, { on: event.allocatedOn, sign: 1n }))
      }),
      when(AllocationReversedSchema, async (event, { envelope, tx }) => {
        tx.put(collected, rowOf(envelope, event, { on: event.reversedOn, sign: -1n }))
      }),
    ],
  },
]

type Direction = { readonly on: BusinessDate; readonly sign: 1n | -1n }

const rowOf = (
  { eventId: id, companyId, recordedAt }: Envelope,
  event: PaymentAllocated | AllocationReversed,
  { on, sign }: Direction,
): Collected => {
  if (!event.net) throw invalid('net_missing')
  const { currency, minor } = readMoney(event.net)
  const { ownerId, unitId, orgPath, paymentId, orderId } = event
  const owned = { id, version: 0, companyId, ownerId, unitId, orgPath }
  return { ...owned, on, currency, amount: sign * minor, paymentId, orderId, recordedAt }
}
