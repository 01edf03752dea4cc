import { create } from '@bufbuild/protobuf'
import {
  AllocationReversedSchema,
  PaymentAllocatedSchema,
} from '@saleswright/contracts/saleswright/orders/v1/events_pb.ts'
import { DirectoryService } from '@saleswright/contracts/saleswright/organization/v1/directory_pb.ts'
import { type Aggregate, companyScope, newId, notFound } from '@saleswright/kernel'
import { bind, type Implementation } from '@saleswright/rpc'
import type { Platform, ServiceDefinition } from '@saleswright/service'
import type { Mapping, Repository } from '@saleswright/store'
import { Schema } from 'mongoose'

type Payment = Aggregate

const payments: Mapping<Payment> = {
  name: 'payment',
  collection: 'payments',
  schema: new Schema({}),
  version: 1,
  document: () => ({}),
  record: () => ({}),
  reaches: [],
}

/** As much of the organisation as this service asks for. */
export const organizationOf = (companyId: string, rootUnitId: string): ServiceDefinition => {
  const directory: Implementation<typeof DirectoryService> = {
    lookUpPerson: async ({ personId }) => {
      throw notFound('person', personId)
    },
    lookUpUnit: async ({ orgUnitId }) => ({ orgUnitId, path: [orgUnitId] }),
    lookUpCompany: async () => ({ companyId, rootUnitId, currencyCode: 'USD', timeZone: 'Asia/Shanghai' }),
    listDirectory: async () => ({}),
  }
  return { name: 'organization', build: () => ({ bounds: [bind(DirectoryService, directory)], mappings: [] }) }
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
  let platform: Platform
  let known: Repository<Payment>
  const definition: ServiceDefinition = {
    name: 'orders',
    build: (given) => {
      platform = given
      known = given.store.repository(payments)
      return { bounds: [], mappings: [payments] }
    },
  }
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
      await platform.store.transact(platform.cause(), async (tx) => {
        for (const event of told) {
          const next: Payment = { id: event.paymentId, version: 0, companyId }
          tx.save(known, { next, events: [create(PaymentAllocatedSchema, event)] })
        }
      })
      return told
    },
    takeBack: ({ paymentId, allocationId, paymentNo, net }: Paid, amount: string, on: string) =>
      platform.store.transact(platform.cause(), async (tx) => {
        const taken = { paymentId, allocationId, paymentNo, net: { ...net, amount }, reversedOn: on }
        const next = await tx.get(known, companyScope(companyId), paymentId)
        tx.save(known, { next, events: [create(AllocationReversedSchema, taken)] })
      }),
  }
}
