import {
  CommissionPlanService,
  CommissionService,
} from '@saleswright/contracts/saleswright/incentives/v1/commission_pb.ts'
import { newId } from '@saleswright/kernel'
import { client } from '@saleswright/rpc'
import { aClock, openSuite } from '@saleswright/testing'
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
  const { clock, pass } = aClock(NOW)
  const orders = ordersOf(companyId)
  const definitions = [organizationOf(companyId, ROOT), orders.definition, incentives]
  const { hosted, caller } = await openSuite(definitions, { clock })
  return {
    orders,
    /** Time passes: so many milliseconds. */
    pass: (milliseconds: number): void => pass(milliseconds / 1000),
    drained: hosted.drained,
    parked: () => hosted.parkedOf('incentives').list(companyId),
    plans: client(CommissionPlanService, hosted.transportOf(CommissionPlanService)),
    commission: client(CommissionService, hosted.transportOf(CommissionService)),
    someone: (grants: readonly string[], { id, unitId }: Seller = sellerIn(ROOT)) =>
      caller({ sub: id, companyId, unitId, grants }),
  }
}

export type Stage = Awaited<ReturnType<typeof openStage>>
