import { create } from '@bufbuild/protobuf'
import {
  AllocationReversedSchema,
  PaymentAllocatedSchema,
} from '@saleswright/contracts/saleswright/orders/v1/events_pb.ts'
import { newId } from '@saleswright/kernel'
import { peer, type Seat, standInDirectory } from '@saleswright/testing'

/** As much of the organisation as this service asks for: units by name, and who sits where and when. */
export const organizationOf = (companyId: string, rootUnitId: string) => {
  const { bound, unit, person } = standInDirectory({ companyId, rootUnitId, currencyCode: 'USD' })
  const { definition } = peer('organization', { bounds: [bound] })
  return { definition, unit, person: (name: string, ...seats: readonly Seat[]): string => person({ name, seats }) }
}

type Movement = {
  readonly by: string
  readonly at: readonly string[]
  readonly net: string
  readonly on: string
  readonly currency?: string
}

export type Paid = ReturnType<typeof factsOf>

const factsOf = ({ by, at, net, currency = 'USD' }: Movement) => ({
  allocationId: newId(),
  paymentId: newId(),
  orderId: newId(),
  ownerId: by,
  unitId: at.at(-1) ?? '',
  orgPath: [...at],
  net: { currencyCode: currency, amount: net },
})

/** As much of orders as this service hears of: payments that find their receivable, and lose it again. */
export const ordersOf = (companyId: string) => {
  const { definition, tell } = peer('orders')
  return {
    definition,
    collect: async (movement: Movement): Promise<Paid> => {
      const paid = factsOf(movement)
      const event = create(PaymentAllocatedSchema, { ...paid, allocatedOn: movement.on })
      await tell(companyId, { aggregateId: paid.paymentId, event })
      return paid
    },
    /** `by` whoever has the order by then. */
    takeBack: ({ paymentId, allocationId }: Paid, movement: Movement): Promise<void> => {
      const facts = { ...factsOf(movement), paymentId, allocationId, reversedOn: movement.on }
      return tell(companyId, { aggregateId: paymentId, event: create(AllocationReversedSchema, facts) })
    },
  }
}
