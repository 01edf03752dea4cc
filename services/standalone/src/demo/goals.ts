import {
  CommissionPlan_Basis_Kind,
  CommissionPlan_Periodicity_Kind,
} from '@saleswright/contracts/saleswright/incentives/v1/commission_pb.ts'
import { Basis_Kind, Node_Kind, Target_Kind } from '@saleswright/contracts/saleswright/performance/v1/target_pb.ts'
import type { Organisation } from './organise.ts'
import { CURRENCY, type Scene, yuan } from './scene.ts'
import { ALL_TEAMS, DIRECTOR, FINANCE } from './staff.ts'

const QUARTERS = ['Q1', 'Q2', 'Q3', 'Q4']
/** To be collected in a quarter, and to be ordered: what is ordered late is paid in the next. */
const OF_A_REP = 350_000
const ORDERED_BY_A_REP = 400_000
/** Of every quarter, whatever is planned (R323, R324). */
const LEAST_OF_A_REP = 200_000
const LEAST_OF_A_TEAM = 700_000

/** What is to be reached, by company, team and rep, and what is paid for it. */
export const setGoals = async (scene: Scene, organisation: Organisation): Promise<void> => {
  const { since, today } = scene.plan
  for (const year of new Set([since, today].map((day) => day.slice(0, 4)))) {
    await setTargets(scene, organisation, year)
    for (const team of ALL_TEAMS) await setTeamTargets(scene, organisation, { team, year })
  }
  await payCommission(scene)
}

type Wanted = { readonly kind: Target_Kind; readonly amount: number }

const quarterly = (year: string, node: { readonly kind: Node_Kind; readonly id: string }, wanted: Wanted) =>
  QUARTERS.map((quarter) => ({
    node,
    period: `${year}-${quarter}`,
    kind: wanted.kind,
    amount: yuan(wanted.amount),
  }))

const quota = (amount: number): Wanted => ({ kind: Target_Kind.QUOTA, amount })
const least = (amount: number): Wanted => ({ kind: Target_Kind.MINIMUM, amount })

type TargetPlan = Parameters<Scene['clients']['targets']['createTargetPlan']>[0]
type Planned = {
  readonly keys: readonly string[]
  readonly by: string
  readonly publishedBy: string
  readonly plan: TargetPlan
}

/** Whoever drafts a plan does not publish it (decisions 59). */
const settle = async ({ clients, hands }: Scene, { keys, by, publishedBy, plan }: Planned): Promise<void> => {
  const { targetPlanId } = await hands(by).step(['targets', ...keys], (options) =>
    clients.targets.createTargetPlan(plan, options),
  )
  await hands(publishedBy).step(['publish targets', ...keys], (options) =>
    clients.targets.publishTargetPlan({ targetPlanId }, options),
  )
}

/** What is to be collected in the whole company: finance reckons it, the director publishes it. */
const setTargets = (scene: Scene, organisation: Organisation, year: string): Promise<void> => {
  const { rootUnitId, teams, people } = organisation
  const unit = (id: string) => ({ kind: Node_Kind.ORG_UNIT, id })
  const all = ALL_TEAMS.reduce((count, { reps }) => count + reps.length, 0)
  const targets = [
    ...quarterly(year, unit(rootUnitId), quota(all * OF_A_REP)),
    ...ALL_TEAMS.flatMap(({ name, reps }) => [
      ...quarterly(year, unit(teams.get(name) ?? ''), quota(reps.length * OF_A_REP)),
      ...quarterly(year, unit(teams.get(name) ?? ''), least(LEAST_OF_A_TEAM)),
      ...reps.flatMap(({ account }) => {
        const node = { kind: Node_Kind.PERSON, id: people.get(account) ?? '' }
        return [...quarterly(year, node, quota(OF_A_REP)), ...quarterly(year, node, least(LEAST_OF_A_REP))]
      }),
    ]),
  ]
  const plan = {
    name: `${year} 年度回款目标`,
    period: year,
    basis: Basis_Kind.COLLECTED,
    currencyCode: CURRENCY,
    node: unit(rootUnitId),
    targets,
  }
  return settle(scene, { keys: [year], by: FINANCE.account, publishedBy: DIRECTOR.account, plan })
}

type OfTeam = { readonly team: (typeof ALL_TEAMS)[number]; readonly year: string }

/** What a team is to sell, which its manager divides among the reps; and what each rep means to sell (R345). */
const setTeamTargets = async (scene: Scene, organisation: Organisation, { team, year }: OfTeam): Promise<void> => {
  const { name, manager, reps } = team
  const node = { kind: Node_Kind.ORG_UNIT, id: organisation.teams.get(name) ?? '' }
  const ordered = { period: year, basis: Basis_Kind.ORDERED, currencyCode: CURRENCY }
  const nodeOf = (account: string) => ({ kind: Node_Kind.PERSON, id: organisation.people.get(account) ?? '' })
  const targets = [
    ...quarterly(year, node, quota(reps.length * ORDERED_BY_A_REP)),
    ...reps.flatMap(({ account }) => quarterly(year, nodeOf(account), quota(ORDERED_BY_A_REP))),
  ]
  const plan = { name: `${name} ${year} 年度销售目标`, ...ordered, node, targets }
  await settle(scene, { keys: [year, name], by: manager.account, publishedBy: DIRECTOR.account, plan })
  for (const { account, displayName } of reps) {
    const own = quarterly(year, nodeOf(account), quota(ORDERED_BY_A_REP + LEAST_OF_A_REP / 4))
    const mine = { name: `${displayName} ${year} 年度个人目标`, ...ordered, node: nodeOf(account), targets: own }
    await settle(scene, { keys: [year, account], by: account, publishedBy: manager.account, plan: mine })
  }
}

/** Finance writes the plan, the director sets it in force. */
const payCommission = async ({ clients, hands, plan }: Scene): Promise<void> => {
  const commission = {
    name: '销售提成方案',
    basis: CommissionPlan_Basis_Kind.COLLECTED,
    periodicity: CommissionPlan_Periodicity_Kind.QUARTER,
    currencyCode: CURRENCY,
    tiers: [
      { from: yuan(0), rate: '0.01' },
      { from: yuan(OF_A_REP), rate: '0.02' },
    ],
    validFrom: plan.since,
  }
  const { commissionPlanId } = await hands(FINANCE.account).step(['commission plan'], (options) =>
    clients.commissionPlans.createCommissionPlan(commission, options),
  )
  await hands(DIRECTOR.account).step(['activate commission plan'], (options) =>
    clients.commissionPlans.activateCommissionPlan({ commissionPlanId }, options),
  )
}
