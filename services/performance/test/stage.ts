import { AttainmentService, TargetService } from '@saleswright/contracts/saleswright/performance/v1/target_pb.ts'
import { newId } from '@saleswright/kernel'
import { client } from '@saleswright/rpc'
import { openSuite } from '@saleswright/testing'
import { performance } from '../src/service.ts'
import { customersOf, ordersOf, organizationOf } from './peers.ts'

const NOW = new Date('2018-01-10T04:00:00Z')
export const [ROOT, NORTH, SHOP, SOUTH] = [newId(), newId(), newId(), newId()]

/** All of what a person may do in this service, as far as `reach` goes. */
export const everything = (reach: string) =>
  ['targets.read', 'targets.write', 'targets.publish'].map((permission) => `${permission}@${reach}`)

/** The service on engines of its own, with a company that it has never heard of. */
export const openStage = async () => {
  const companyId = newId()
  const orders = ordersOf(companyId)
  const customers = customersOf(companyId)
  const organization = organizationOf(companyId, ROOT)
  organization.unit('Company', ROOT)
  organization.unit('North', ROOT, NORTH)
  organization.unit('Shop', ROOT, NORTH, SHOP)
  organization.unit('South', ROOT, SOUTH)
  const definitions = [organization.definition, orders.definition, customers.definition, performance]
  const { hosted, caller } = await openSuite(definitions, { clock: { now: () => NOW } })
  return {
    orders,
    customers,
    organization,
    drained: hosted.drained,
    plans: client(TargetService, hosted.transportOf(TargetService)),
    attainment: client(AttainmentService, hosted.transportOf(AttainmentService)),
    /** Somebody in a unit. */
    someone: (grants: readonly string[], unitId: string = ROOT, id: string = newId()) =>
      caller({ sub: id, companyId, unitId, grants }),
  }
}
