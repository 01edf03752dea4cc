import { type EventContext, when } from '@saleswright/bus'
import { readSum } from '@saleswright/contracts'
import type { Money } from '@saleswright/contracts/saleswright/api/v1/money_pb.ts'
import { CommissionPlanActivatedSchema } from '@saleswright/contracts/saleswright/incentives/v1/events_pb.ts'
import {
  AllocationReversedSchema,
  type PaymentAllocated,
  PaymentAllocatedSchema,
} from '@saleswright/contracts/saleswright/orders/v1/events_pb.ts'
import { invalidField } from '@saleswright/kernel'
import type { Built } from '@saleswright/service'
import { accrue } from './accrual/accrue.ts'
import { ratePutOff } from './accrual/rate-put-off.ts'
import { takeBack } from './accrual/take-back.ts'
import type { Allocation } from './commission-line/commission-line.ts'
import type { Desk } from './desk.ts'

/** R374: commission follows the money that came in (decisions 28). */
export const reactionsOf = (desk: Desk): NonNullable<Built['reactions']> => [
  {
    name: 'accrual',
    from: ['orders'],
    handlers: [
      when(PaymentAllocatedSchema, (event, { envelope, tx }) =>
        accrue(desk, tx, allocationOf(event, envelope.companyId)),
      ),
      when(AllocationReversedSchema, async ({ allocationId, net, reversedOn }, { envelope, tx }) => {
        const { companyId, eventId } = envelope
        await takeBack(desk, tx, { companyId, eventId, allocationId, net: netIn(net).minor, on: reversedOn })
      }),
    ],
  },
  {
    // Beside the activation and not within it: it may be a great many payments that waited for the plan.
    name: 'put-off',
    from: ['incentives'],
    handlers: [
      when(CommissionPlanActivatedSchema, async (_, { envelope }: EventContext) => {
        const { companyId, correlationId } = envelope
        await ratePutOff(desk, { ...desk.cause(), correlationId }, companyId)
      }),
    ],
  },
]

const netIn = (net: Money | undefined) => {
  if (!net) throw invalidField('net', 'net_missing')
  return readSum(net)
}

const allocationOf = (event: PaymentAllocated, companyId: string): Allocation => {
  const { currency, minor: basis } = netIn(event.net)
  const { allocationId: id, ownerId, unitId, orgPath, orderId, orderNo, paymentId, paymentNo, allocatedOn } = event
  const owned = { id, version: 0, companyId, ownerId, unitId, orgPath }
  return { ...owned, orderId, orderNo, paymentId, paymentNo, allocatedOn, currency, basis }
}
