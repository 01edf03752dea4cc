import { type Envelope, when } from '@saleswright/bus'
import { readSum } from '@saleswright/contracts'
import type { Money as MoneyMessage } from '@saleswright/contracts/saleswright/api/v1/money_pb.ts'
import {
  type AllocationReversed,
  AllocationReversedSchema,
  type PaymentAllocated,
  PaymentAllocatedSchema,
} from '@saleswright/contracts/saleswright/orders/v1/events_pb.ts'
import { companyScope, invalid, type Money } from '@saleswright/kernel'
import type { Built } from '@saleswright/service'
import type { Collected } from './attainment/collected.ts'
import type { Desk } from './desk.ts'

export const reactionsOf = ({ collected }: Desk): NonNullable<Built['reactions']> => [
  {
    name: 'collected',
    from: ['orders'],
    handlers: [
      when(PaymentAllocatedSchema, async (event, { envelope, tx }) => {
        tx.put(collected, allocatedRow(envelope, event))
      }),
      when(AllocationReversedSchema, async (event, { envelope, tx }) => {
        const allocated = await tx.get(collected, companyScope(envelope.companyId), event.allocationId)
        tx.put(collected, reversedRow(envelope, event, allocated))
      }),
    ],
  },
]

const netIn = (net: MoneyMessage | undefined): Money => {
  if (!net) throw invalid('net_missing')
  return readSum(net)
}

const allocatedRow = ({ companyId, recordedAt }: Envelope, event: PaymentAllocated): Collected => {
  const { currency, minor: amount } = netIn(event.net)
  const { allocationId: id, ownerId, unitId, orgPath, paymentId, orderId, allocatedOn: on } = event
  const owned = { id, version: 0, companyId, ownerId, unitId, orgPath }
  return { ...owned, on, currency, amount, paymentId, orderId, recordedAt }
}

/** Taken from whom it was credited to, where it was, even if the order has changed hands since. */
const reversedRow = (
  { eventId: id, recordedAt }: Envelope,
  { net, reversedOn: on }: AllocationReversed,
  allocated: Collected,
): Collected => ({ ...allocated, id, version: 0, on, amount: -netIn(net).minor, recordedAt })
