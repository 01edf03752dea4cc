import { lastDay } from '@saleswright/kernel'
import type { Entry } from '../figures/entry.ts'
import { type Goal, goalsOf, isBelow, isPart, reaching } from '../figures/goals.ts'
import type { FigureOf, KindOf } from '../figures/kinds.ts'
import { rates, shareOf } from '../figures/share.ts'
import type { Counting } from './counting.ts'
import { type Asked, between, type Report } from './report.ts'

type Targeted = Counting<KindOf<'attainment'>>

const goalsAsked = async (counting: Targeted, asked: Asked): Promise<readonly Goal[]> => {
  const kind = asked.groupings.includes('orgUnit') ? 'org_unit' : 'person'
  const goals = goalsOf(await counting.plans(), kind, asked)
  return goals.filter((goal) => asked.groupings.includes('period') || !isPart(goal, goals))
}

/** Whose money counts: the person's own, or that of everybody at or below the unit. */
const collectedFor = async (counting: Targeted, asked: Asked, goals: readonly Goal[]): Promise<readonly bigint[]> => {
  const { add, reached } = reaching(goals)
  for await (const batch of counting.stream('attained', between('day', asked))) {
    for (const row of batch) add([row.ownerId, ...row.orgPath], row)
  }
  return reached
}

const inTotal = (goal: Goal, goals: readonly Goal[]): boolean =>
  !isPart(goal, goals) && !isBelow(goal, new Set(goal.orgPath), goals)

/**
 * Published targets against what was collected without tax. A total counts everything once: periods within a longer one, and
 * units below another one, have rows and are not added.
 */
export const attainment: Report<'attainment'> = {
  groupings: ['person', 'orgUnit', 'office', 'manager', 'period'],
  otherwise: ['person', 'period'],
  counts: ['targets'],
  async *entries(counting, asked) {
    const goals = await goalsAsked(counting, asked)
    const reached = goals.length > 0 ? await collectedFor(counting, asked, goals) : []
    const isUnits = asked.groupings.includes('orgUnit')
    yield goals.map((goal, index): Entry<FigureOf<'attainment'>> => {
      const { currency, nodeId, period, target, orgPath } = goal
      const document = {
        kind: 'target',
        path: `/v1/targets?${new URLSearchParams({ nodeId, period }).toString()}`,
      } as const
      const amounts = { target, reached: reached[index] ?? 0n }
      const where = { ...(!isUnits && { ownerId: nodeId }), unitId: orgPath.at(-1), orgPath }
      const when = { date: lastDay(period), period, inTotal: inTotal(goal, goals) }
      return { ...where, ...when, document, currency, amounts, counts: { targets: 1 } }
    })
  },
  rates: ({ amounts }) => rates({ reached: shareOf(amounts.reached, amounts.target) }),
}
