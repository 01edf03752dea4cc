import type { ListAttainmentsRequest } from '@saleswright/contracts/saleswright/performance/v1/target_pb.ts'
import { firstDay, lastDay, type Period, reaches, type Scope } from '@saleswright/kernel'
import type { Desk } from '../desk.ts'
import { placedTarget } from '../target-plan/published-target.ts'
import type { Node } from '../target-plan/target-plan.ts'
import { type AttainmentRow, attainmentRows, type Sum } from './rows.ts'

export type NamedRow = AttainmentRow & { readonly name: string; readonly currency: string }

type Group = {
  readonly _id: { readonly ownerId: string; readonly orgPath: readonly string[]; readonly currency: string }
  readonly amount: number
}

const sumsIn = async ({ collected }: Desk, scope: Scope, period: Period) => {
  const groups = await collected.aggregate<Group>(scope, [
    { $match: { on: { $gte: firstDay(period), $lte: lastDay(period) } } },
    {
      $group: { _id: { ownerId: '$ownerId', orgPath: '$orgPath', currency: '$currency' }, amount: { $sum: '$amount' } },
    },
  ])
  return groups.map(({ _id, amount }): Sum & { readonly currency: string } => ({ ..._id, amount: BigInt(amount) }))
}

/** Attainment of a period, summed from what the caller may see; currencies are never added to each other. */
export const listAttainments = async (
  desk: Desk,
  scope: Scope,
  companyId: string,
  { period, groupBy }: Pick<ListAttainmentsRequest, 'period' | 'groupBy'>,
): Promise<readonly NamedRow[]> => {
  const kind: Node['kind'] = groupBy === 'orgUnit' ? 'org_unit' : 'person'
  const [sums, targets] = await Promise.all([
    sumsIn(desk, scope, period),
    desk.targets.findBy(scope, { year: period.slice(0, 4) }),
  ])
  const currencies = [...new Set([...sums, ...targets].map(({ currency }) => currency))].toSorted()
  const rows = currencies.flatMap((currency) => {
    const own = <T extends { readonly currency: string }>(all: readonly T[]) =>
      all.filter((one) => one.currency === currency)
    return attainmentRows(kind, period, own(sums), own(targets).map(placedTarget)).map((row) => ({ ...row, currency }))
  })
  const named = await Promise.all(rows.map((row) => withName(desk, scope, companyId, row)))
  return named
    .flatMap((row) => row ?? [])
    .toSorted((a, b) => a.name.localeCompare(b.name, 'zh-CN') || a.node.id.localeCompare(b.node.id))
}

/** The units above what the caller reaches are known from the paths of rows; they are not told, for they are not summed in full. */
const withName = async <R extends AttainmentRow>(
  { directory }: Desk,
  scope: Scope,
  companyId: string,
  row: R,
): Promise<(R & { readonly name: string }) | undefined> => {
  const { kind, id } = row.node
  if (kind === 'person') return { ...row, name: (await directory.person(companyId, id)).displayName }
  const { name, orgPath } = await directory.unit(companyId, id)
  return reaches(scope, { companyId, unitId: id, orgPath }) ? { ...row, name } : undefined
}
