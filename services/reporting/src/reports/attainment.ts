import { lastDay, reaches, type Scope } from '@saleswright/kernel'
import type { Entry } from '../figures/entry.ts'
import { type Goal, goalsOf, isBelow, isPart, reaching } from '../figures/goals.ts'
import { nearestSeat } from '../figures/seats.ts'
import { rates, shareOf } from '../figures/share.ts'
import { collections } from '../models/collection.ts'
import { orgUnits } from '../models/org-unit.ts'
import { people } from '../models/person.ts'
import { targetPlans } from '../models/target-plan.ts'
import type { Rows } from '../reading/rows.ts'
import { type Asked, between, type Report } from './report.ts'

type Place = Pick<Entry, 'ownerId'> & { readonly unitId: string; readonly orgPath: readonly string[] }
type Placed = { readonly goal: Goal; readonly place: Place }

/** Where the node of a goal lies at the end of its period. */
const placer = async (rows: Rows, companyId: string, isUnits: boolean): Promise<(goal: Goal) => Place> => {
  const units = new Map((await rows.where(orgUnits, companyId)).map(({ id, path }) => [id, path]))
  if (isUnits) return ({ nodeId }) => ({ unitId: nodeId, orgPath: units.get(nodeId) ?? [nodeId] })
  const persons = new Map((await rows.where(people, companyId)).map((person) => [person.id, person]))
  return ({ nodeId, period }) => {
    const unitId = nearestSeat(persons.get(nodeId), lastDay(period))?.unitId ?? ''
    return { ownerId: nodeId, unitId, orgPath: units.get(unitId) ?? [] }
  }
}

const within = (scope: Scope, companyId: string, { ownerId, ...place }: Place): boolean =>
  reaches(scope, { companyId, ...place, ...(ownerId !== undefined && { ownerId }) })

const placedGoals = async (rows: Rows, asked: Asked): Promise<readonly Placed[]> => {
  const { companyId, groupings, scope } = asked
  const isUnits = groupings.includes('orgUnit')
  const goals = goalsOf(await rows.where(targetPlans, companyId), isUnits ? 'org_unit' : 'person', asked)
  const placeOf = await placer(rows, companyId, isUnits)
  return goals
    .filter((goal) => groupings.includes('period') || !isPart(goal, goals))
    .map((goal) => ({ goal, place: placeOf(goal) }))
    .filter(({ place }) => within(scope, companyId, place))
}

/** Whose money counts: the person's own, or that of everybody at or below the unit. */
const collectedFor = async (rows: Rows, asked: Asked, goals: readonly Goal[]): Promise<readonly bigint[]> => {
  const { add, reached } = reaching(goals)
  for await (const batch of rows.stream(collections, asked.scope, between('day', asked))) {
    for (const row of batch) add([row.ownerId, ...row.orgPath], row)
  }
  return reached
}

const inTotal = ({ goal, place: { orgPath } }: Placed, goals: readonly Goal[]): boolean =>
  !isPart(goal, goals) && !isBelow(goal, new Set(orgPath), goals)

/**
 * Published targets against what was collected without tax. A total counts everything once: periods within a longer one, and
 * units below another one, have rows and are not added.
 */
export const attainment: Report = {
  groupings: ['person', 'orgUnit', 'office', 'manager', 'period'],
  otherwise: ['person', 'period'],
  amounts: ['target', 'reached'],
  counts: ['targets'],
  async *entries(rows, asked) {
    const placed = await placedGoals(rows, asked)
    const goals = placed.map(({ goal }) => goal)
    const reached = goals.length > 0 ? await collectedFor(rows, asked, goals) : []
    yield placed.map((one, index): Entry => {
      const { currency, nodeId, period, target } = one.goal
      const document = {
        kind: 'target',
        path: `/v1/targets?${new URLSearchParams({ nodeId, period }).toString()}`,
      } as const
      const amounts = { target, reached: reached[index] ?? 0n }
      const where = { ...one.place, date: lastDay(period), period, inTotal: inTotal(one, goals) }
      return { ...where, document, currency, amounts, counts: { targets: 1 } }
    })
  },
  rates: ({ amounts }) => rates({ reached: shareOf(amounts.reached, amounts.target) }),
}
