import { type EventContext, when } from '@saleswright/bus'
import { CustomerChangedSchema } from '@saleswright/contracts/saleswright/customers/v1/events_pb.ts'
import {
  AllocationReversedSchema,
  OrderCancelledSchema,
  OrderConfirmedSchema,
  PaymentAllocatedSchema,
  ReceivableCancelledSchema,
  ReceivableOpenedSchema,
  ShipmentShippedSchema,
} from '@saleswright/contracts/saleswright/orders/v1/events_pb.ts'
import { companyScope } from '@saleswright/kernel'
import type { Built } from '@saleswright/service'
import type { Contribution, Fact } from './attainment/contribution.ts'
import {
  billed,
  collected,
  contributionId,
  filed,
  moneyIn,
  ordered,
  shipped,
  takenBack,
} from './attainment/counting.ts'
import type { Desk } from './desk.ts'

/** Events of one record come in their order, so what is taken back has been counted before, if it ever was. */
export const reactionsOf = ({ contributions }: Desk): NonNullable<Built['reactions']> => {
  const rowOf = ({ tx, envelope }: EventContext, fact: Fact, recordId: string): Promise<Contribution | undefined> =>
    tx.find(contributions, companyScope(envelope.companyId), contributionId(fact, recordId))
  return [
    {
      name: 'contributions',
      from: ['orders', 'customers'],
      handlers: [
        when(OrderConfirmedSchema, async (event, { envelope, tx }) => {
          tx.put(contributions, ordered(envelope, event))
        }),
        when(OrderCancelledSchema, async ({ orderId, businessDate: on }, context) => {
          // A draft, and what a partner had submitted, were never counted.
          const row = await rowOf(context, 'ordered', orderId)
          if (row) context.tx.put(contributions, takenBack(context.envelope, row, { on }))
        }),
        when(ShipmentShippedSchema, async (event, { envelope, tx }) => {
          tx.put(contributions, shipped(envelope, event))
        }),
        when(ReceivableOpenedSchema, async (event, { envelope, tx }) => {
          tx.put(contributions, billed(envelope, event))
        }),
        when(ReceivableCancelledSchema, async ({ receivableId, cancelledOn: on }, context) => {
          const id = contributionId('billed', receivableId)
          const row = await context.tx.get(contributions, companyScope(context.envelope.companyId), id)
          context.tx.put(contributions, takenBack(context.envelope, row, { on }))
        }),
        when(PaymentAllocatedSchema, async (event, { envelope, tx }) => {
          tx.put(contributions, collected(envelope, event))
        }),
        when(AllocationReversedSchema, async ({ allocationId, net, reversedOn: on }, context) => {
          const id = contributionId('collected', allocationId)
          const row = await context.tx.get(contributions, companyScope(context.envelope.companyId), id)
          context.tx.put(contributions, takenBack(context.envelope, row, { on, amount: moneyIn(net).minor }))
        }),
        when(CustomerChangedSchema, async (event, context) => {
          // The first one is its creation; whoever has the customer later has not brought it in.
          if (await rowOf(context, 'filed', event.customerId)) return
          context.tx.put(contributions, filed(context.envelope, event))
        }),
      ],
    },
  ]
}
