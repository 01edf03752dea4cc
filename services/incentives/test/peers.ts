import { create } from '@bufbuild/protobuf'
import {
  AllocationReversedSchema,
  PaymentAllocatedSchema,
} from '@saleswright/contracts/saleswright/orders/v1/events_pb.ts'
import { newId } from '@saleswright/kernel'
import type { ServiceDefinition } from '@saleswright/service'
import { peer, standInDirectory } from '@saleswright/testing'

/** As much of the organisation as this service asks for. */
export const organizationOf = (companyId: string, rootUnitId: string): ServiceDefinition => {
  const { bound } = standInDirectory({ companyId, rootUnitId, currencyCode: 'USD' })
  return peer('organization', { bounds: [bound] }).definition
}

export type Seller = { readonly id: string; readonly unitId: string; readonly orgPath: readonly string[] }

/** A payment with one allocation, as orders tells it. */
export type Paid = {
  readonly paymentId: string
  readonly allocationId: string
  readonly paymentNo: string
  readonly net: { readonly currencyCode: string; readonly amount: string }
}
type Facts = {
  readonly by: Seller
  readonly net: string
  readonly on: string
  readonly paymentNo: string
  readonly currency?: string
}

/** As much of orders as this service hears of: payments that find their receivable, and lose it again. */
export const ordersOf = (companyId: string) => {
  const { definition, tell } = peer('orders')
  const eventOf = ({ by, net, on, paymentNo, currency = 'USD' }: Facts) => ({
    paymentId: newId(),
    allocationId: newId(),
    paymentNo,
    orderId: newId(),
    orderNo: paymentNo.replace('PAY', 'SO'),
    ownerId: by.id,
    unitId: by.unitId,
    orgPath: [...by.orgPath],
    net: { currencyCode: currency, amount: net },
    allocatedOn: on,
  })
  return {
    definition,
    /** Tells all of them at once. */
    collect: async (...facts: readonly Facts[]): Promise<readonly Paid[]> => {
      const told = facts.map(eventOf)
      const events = told.map((paid) => ({ aggregateId: paid.paymentId, event: create(PaymentAllocatedSchema, paid) }))
      await tell(companyId, ...events)
      return told
    },
    takeBack: ({ paymentId, allocationId, paymentNo, net }: Paid, amount: string, on: string): Promise<void> => {
      const taken = { paymentId, allocationId, paymentNo, net: { ...net, amount }, reversedOn: on }
      return tell(companyId, { aggregateId: paymentId, event: create(AllocationReversedSchema, taken) })
    },
  }
}
