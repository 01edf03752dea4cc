import { kafka } from '@saleswright/bus'
import { AttainmentService, TargetService } from '@saleswright/contracts/saleswright/performance/v1/target_pb.ts'
import { clientOptions } from '@saleswright/embedded'
import { newId } from '@saleswright/kernel'
import { client } from '@saleswright/rpc'
import { type Hosted, hostServices, openLog } from '@saleswright/service'
import { suiteEngines, type TestIdentity, testIdentity } from '@saleswright/testing'
import { afterAll } from 'vitest'
import { performance } from '../src/service.ts'
import { ordersOf, organizationOf } from './peers.ts'

const NOW = new Date('2018-01-10T04:00:00Z')
export const [ROOT, NORTH, SHOP, SOUTH] = [newId(), newId(), newId(), newId()]

/** All of what a person may do in this service, as far as `reach` goes. */
export const everything = (reach: string) =>
  ['targets.read', 'targets.write', 'targets.publish'].map((permission) => `${permission}@${reach}`)

/** The service on engines of its own, with a company that it has never heard of. */
export const openStage = async () => {
  const companyId = newId()
  const identity = await testIdentity()
  const orders = ordersOf(companyId)
  const organization = organizationOf(companyId, ROOT)
  organization.unit('Company', ROOT)
  organization.unit('North', ROOT, NORTH)
  organization.unit('Shop', ROOT, NORTH, SHOP)
  organization.unit('South', ROOT, SOUTH)
  const engines = await suiteEngines()
  const log = openLog('test', process.env.DEBUG_LOG ? 'debug' : 'silent')
  const bus = kafka({ clientId: 'test', log, ...clientOptions(engines.kafka) })
  const hosted = await hostServices([organization.definition, orders.definition, performance], {
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
  return { orders, organization, drained: hosted.drained, ...facesOf(hosted, identity, companyId) }
}

const facesOf = ({ transportOf }: Hosted, identity: TestIdentity, companyId: string) => ({
  plans: client(TargetService, transportOf(TargetService)),
  attainment: client(AttainmentService, transportOf(AttainmentService)),
  /** Somebody in a unit, and how they call: with a token and a new idempotency key each time. */
  someone: async (grants: readonly string[], unitId: string = ROOT, id: string = newId()) => {
    const token = await identity.tokenFor({ sub: id, companyId, unitId, grants }, NOW)
    return { id, as: (idempotencyKey: string = newId()) => ({ token, idempotencyKey }) }
  },
})
