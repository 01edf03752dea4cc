import { create } from '@bufbuild/protobuf'
import { HeadcountPlannedSchema } from '@saleswright/contracts/saleswright/organization/v1/events_pb.ts'
import type { Aggregate, Decision } from '@saleswright/kernel'

/** How many people a unit is to have (编制), in it and below: of one position, or of all. */
export type HeadcountPlan = Aggregate & {
  readonly orgUnitId: string
  /** Absent: people of any position. */
  readonly positionId?: string | undefined
  readonly planned: number
}

type PlanFacts = Pick<HeadcountPlan, 'orgUnitId' | 'positionId' | 'planned'>

const told = (next: HeadcountPlan): Decision<HeadcountPlan> => ({
  next,
  events: [
    create(HeadcountPlannedSchema, {
      headcountPlanId: next.id,
      orgUnitId: next.orgUnitId,
      planned: next.planned,
      ...(next.positionId !== undefined && { positionId: next.positionId }),
    }),
  ],
})

export const plan = (id: string, companyId: string, facts: PlanFacts): Decision<HeadcountPlan> =>
  told({ id, companyId, version: 0, ...facts })

export const planAnew = (before: HeadcountPlan, planned: number): Decision<HeadcountPlan> =>
  planned === before.planned ? { next: before, events: [] } : told({ ...before, planned })
