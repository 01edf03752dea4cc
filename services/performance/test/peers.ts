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

type Unit = { readonly name: string; readonly path: readonly string[] }
type Seat = { readonly orgPath: readonly string[]; readonly from: string; readonly until?: string }

/** As much of the organisation as this service asks for: units by name, and who sits where and when. */
export const organizationOf = (companyId: string, rootUnitId: string) => {
  const units = new Map<string, Unit>()
  const seats = new Map<string, { readonly name: string; readonly places: readonly Seat[] }>()
  const directory: Implementation<typeof DirectoryService> = {
    lookUpPerson: async ({ personId }) => {
      const person = seats.get(personId)
      if (!person) throw notFound('person', personId)
      const places = person.places.map(({ orgPath, ...span }) => ({
        ...span,
        orgPath: [...orgPath],
        orgUnitId: orgPath.at(-1) ?? '',
        positionId: newId(),
      }))
      return { personId, displayName: person.name, places }
    },
    lookUpUnit: async ({ orgUnitId }) => {
      const unit = units.get(orgUnitId)
      if (!unit) throw notFound('org_unit', orgUnitId)
      return { orgUnitId, name: unit.name, path: [...unit.path] }
    },
    lookUpCompany: async () => ({ companyId, rootUnitId, currencyCode: 'USD', timeZone: 'Asia/Shanghai' }),
    listDirectory: async () => ({}),
  }
  const definition: ServiceDefinition = {
    name: 'organization',
    build: () => ({ bounds: [bind(DirectoryService, directory)], mappings: [] }),
  }
  return {
    definition,
    unit: (name: string, ...path: readonly string[]): void => {
      units.set(path.at(-1) ?? '', { name, path })
    },
    person: (name: string, ...places: readonly Seat[]): string => {
      const id = newId()
      seats.set(id, { name, places })
      return id
    },
  }
}

const payments: Mapping<Aggregate> = {
  name: 'payment',
  collection: 'payments',
  schema: new Schema({}),
  version: 1,
  document: () => ({}),
  record: () => ({}),
  reaches: [],
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
  let platform: Platform
  let known: Repository<Aggregate>
  const definition: ServiceDefinition = {
    name: 'orders',
    build: (given) => {
      platform = given
      known = given.store.repository(payments)
      return { bounds: [], mappings: [payments] }
    },
  }
  return {
    definition,
    collect: (movement: Movement): Promise<Paid> =>
      platform.store.transact(platform.cause(), async (tx) => {
        const paid = factsOf(movement)
        const event = create(PaymentAllocatedSchema, { ...paid, allocatedOn: movement.on })
        tx.save(known, { next: { id: paid.paymentId, version: 0, companyId }, events: [event] })
        return paid
      }),
    /** `by` whoever has the order by then. */
    takeBack: ({ paymentId, allocationId }: Paid, movement: Movement) =>
      platform.store.transact(platform.cause(), async (tx) => {
        const next = await tx.get(known, companyScope(companyId), paymentId)
        const facts = { ...factsOf(movement), paymentId, allocationId }
        tx.save(known, { next, events: [create(AllocationReversedSchema, { ...facts, reversedOn: movement.on })] })
      }),
  }
}
