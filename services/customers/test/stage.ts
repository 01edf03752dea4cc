import { fromBinary } from '@bufbuild/protobuf'
import { kafka } from '@saleswright/bus'
import { eventDesc } from '@saleswright/contracts'
import {
  EventLogService,
  type ReadEventsResponse,
  type StoredEvent,
} from '@saleswright/contracts/saleswright/api/v1/event_log_pb.ts'
import { ContactService } from '@saleswright/contracts/saleswright/customers/v1/contact_pb.ts'
import { CreditEvaluationService } from '@saleswright/contracts/saleswright/customers/v1/credit_evaluation_pb.ts'
import { CustomerService } from '@saleswright/contracts/saleswright/customers/v1/customer_pb.ts'
import { LeadService } from '@saleswright/contracts/saleswright/customers/v1/lead_pb.ts'
import { OpportunityService } from '@saleswright/contracts/saleswright/customers/v1/opportunity_pb.ts'
import { clientOptions } from '@saleswright/embedded'
import { newId } from '@saleswright/kernel'
import { client } from '@saleswright/rpc'
import { type Hosted, hostServices, openLog } from '@saleswright/service'
import { suiteEngines, type TestIdentity, testIdentity } from '@saleswright/testing'
import { afterAll } from 'vitest'
import { customers } from '../src/service.ts'
import { type Organization, organizationOf } from './organization.ts'

export const NOW = new Date('2026-03-10T04:00:00Z')
export const [COMPANY, ROOT, EAST, SHOP, WEST] = Array.from({ length: 5 }, newId) as [
  string,
  string,
  string,
  string,
  string,
]

/** All of what a person may do in this service, as far as `reach` goes. */
export const everything = (reach: string) =>
  [
    'customers.read',
    'customers.write',
    'customers.handover',
    'leads.read',
    'leads.write',
    'leads.assign',
    'opportunities.read',
    'opportunities.write',
    'credit.read',
    'credit.write',
  ].map((permission) => `${permission}@${reach}`)

const startHost = async (identity: TestIdentity, organization: Organization) => {
  const engines = await suiteEngines()
  const log = openLog('test', process.env.DEBUG_LOG ? 'debug' : 'silent')
  const bus = kafka({ clientId: 'test', log, ...clientOptions(engines.kafka) })
  const hosted = await hostServices([organization.definition, customers], {
    mongo: engines.mongo,
    bus,
    log,
    key: Buffer.alloc(32, 7),
    clock: { now: () => NOW },
    jwks: identity.jwks,
    serviceToken: () => identity.serviceToken(NOW),
  })
  // Hooks run last one first: the host stops before its engines do.
  afterAll(async () => {
    await hosted.stop()
    await bus.close()
  })
  return { hosted, mongo: engines.mongo }
}

/** The service on engines of its own, beside as much of an organization as it needs. */
export const openStage = async () => {
  const identity = await testIdentity()
  const organization = organizationOf(COMPANY, ROOT)
  const { hosted, mongo } = await startHost(identity, organization)
  return { hosted, mongo, organization, ...facesOf(hosted, identity), ...callersOf(identity, organization) }
}

const facesOf = (hosted: Hosted, identity: TestIdentity) => {
  const ownToken = () => identity.serviceToken(NOW)
  const events = client(EventLogService, hosted.transportTo('customers'), ownToken)
  return {
    customers: client(CustomerService, hosted.transportOf(CustomerService), ownToken),
    contacts: client(ContactService, hosted.transportOf(ContactService)),
    leads: client(LeadService, hosted.transportOf(LeadService)),
    opportunities: client(OpportunityService, hosted.transportOf(OpportunityService)),
    credit: client(CreditEvaluationService, hosted.transportOf(CreditEvaluationService)),
    /** The events of one record, in order, as consumers see them. */
    told: async (aggregateId: string) => {
      await hosted.drained()
      const all = await readAll((afterPosition) =>
        events.readEvents({ context: 'customers', afterPosition, limit: 1000 }),
      )
      return all
        .filter((event) => event.aggregateId === aggregateId)
        .map(({ type, data, aggregateVersion }) => ({
          aggregateVersion: Number(aggregateVersion),
          ...fromBinary(eventDesc(type), data),
        }))
    },
  }
}

const readAll = async (read: (after: bigint) => Promise<ReadEventsResponse>) => {
  const all: StoredEvent[] = []
  for (let after = 0n; ; ) {
    const { events } = await read(after)
    all.push(...events)
    const last = events.at(-1)
    if (!last) return all
    after = last.position
  }
}

const callersOf = (identity: TestIdentity, organization: Organization) => ({
  /** Somebody with a seat, and how they call: with a token and a new idempotency key each time. */
  someone: async (orgPath: readonly string[], grants: readonly string[]) => {
    const id = organization.seat(orgPath)
    const token = await identity.tokenFor({ sub: id, companyId: COMPANY, unitId: orgPath.at(-1) ?? '', grants }, NOW)
    return { id, as: (idempotencyKey: string = newId()) => ({ token, idempotencyKey }) }
  },
  partner: async (partnerId: string) => {
    const grants = ['customers.read@partner']
    const token = await identity.tokenFor({ kind: 'partner', companyId: COMPANY, partnerId, grants }, NOW)
    return { as: () => ({ token }) }
  },
})
