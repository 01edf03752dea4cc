import { kafka } from '@saleswright/bus'
import {
  CommissionPlanService,
  CommissionService,
} from '@saleswright/contracts/saleswright/incentives/v1/commission_pb.ts'
import { clientOptions } from '@saleswright/embedded'
import { newId } from '@saleswright/kernel'
import { client } from '@saleswright/rpc'
import { type Hosted, hostServices, openLog } from '@saleswright/service'
import { suiteEngines, type TestIdentity, testIdentity } from '@saleswright/testing'
import { afterAll } from 'vitest'
import { incentives } from '../src/service.ts'
import { ordersOf, organizationOf, type Seller } from './peers.ts'

const NOW = new Date('2018-01-10T04:00:00Z')
export const [ROOT, NORTH, SOUTH] = [newId(), newId(), newId()]

const PERMISSIONS = `commission.read commission.plans.write commission.plans.activate commission.statements.publish
  commission.statements.confirm`.split(/\s+/)

/** All of what a person may do in this service, as far as `reach` goes. */
export const everything = (reach: string) => PERMISSIONS.map((permission) => `${permission}@${reach}`)

export const sellerIn = (...orgPath: readonly string[]): Seller => ({
  id: newId(),
  unitId: orgPath.at(-1) ?? '',
  orgPath,
})

/** The service on engines of its own, with a company that it has never heard of. */
export const openStage = async () => {
  const companyId = newId()
  let now = NOW
  const identity = await testIdentity()
  const orders = ordersOf(companyId)
  const engines = await suiteEngines()
  const log = openLog('test', process.env.DEBUG_LOG ? 'debug' : 'silent')
  const bus = kafka({ clientId: 'test', log, ...clientOptions(engines.kafka) })
  const hosted = await hostServices([organizationOf(companyId, ROOT), orders.definition, incentives], {
    mongo: engines.mongo,
    bus,
    log,
    key: Buffer.alloc(32, 7),
    clock: { now: () => now },
    jwks: identity.jwks,
    serviceToken: () => identity.serviceToken(NOW),
  })
  // Hooks run last one first: the host stops before its engines do.
  afterAll(async () => {
    await hosted.stop()
    await bus.close()
  })
  return {
    orders,
    /** Time passes: so many milliseconds. */
    pass: (milliseconds: number): void => {
      now = new Date(now.getTime() + milliseconds)
    },
    drained: hosted.drained,
    parked: () => hosted.parkedOf('incentives').list(companyId),
    ...facesOf(hosted, identity, companyId),
  }
}

const facesOf = ({ transportOf }: Hosted, identity: TestIdentity, companyId: string) => ({
  plans: client(CommissionPlanService, transportOf(CommissionPlanService)),
  commission: client(CommissionService, transportOf(CommissionService)),
  /** Somebody, and how they call: with a token and a new idempotency key each time. */
  someone: async (grants: readonly string[], { id, unitId }: Seller = sellerIn(ROOT)) => {
    const token = await identity.tokenFor({ sub: id, companyId, unitId, grants }, NOW)
    return { id, as: (idempotencyKey: string = newId()) => ({ token, idempotencyKey }) }
  },
})

export type Stage = Awaited<ReturnType<typeof openStage>>
