import { wordOf } from '@saleswright/contracts'
import type { ListAttainmentsRequest } from '@saleswright/contracts/saleswright/performance/v1/target_pb.ts'
import { firstDay, lastDay, type Period, reaches, type Scope } from '@saleswright/kernel'
import type { Desk } from '../desk.ts'
import { targetsOf } from '../target-plan/editions.ts'
import type { PublishedTarget } from '../target-plan/published-target.ts'
import { type Basis, isCount, type Node, yearOf } from '../target-plan/target-plan.ts'
import { BASIS } from '../target-plan/target-plan-view.ts'
import { FACTS, type Fact } from './contribution.ts'
import { type AttainmentRow, attainmentRows, type Sum } from './rows.ts'

type BasisRow = AttainmentRow & { readonly basis: Basis; readonly currency: string | undefined }
export type NamedRow = BasisRow & { readonly name: string }

type Asked = Pick<ListAttainmentsRequest, 'period' | 'groupBy' | 'basis' | 'edition'>

const BASES = Object.keys(BASIS) as readonly Basis[]

type Group = {
  readonly _id: {
    readonly fact: Fact
    readonly ownerId: string
    readonly orgPath: readonly string[]
    readonly currency: string
  }
  readonly amount: number
  readonly pieces: number
}

const groupsIn = ({ contributions }: Desk, scope: Scope, period: Period, bases: readonly Basis[]) =>
  contributions.aggregate<Group>(scope, [
    {
      $match: {
        on: { $gte: firstDay(period), $lte: lastDay(period) },
        fact: { $in: [...new Set(bases.map((basis) => FACTS[basis]))] },
      },
    },
    {
      $group: {
        _id: { fact: '$fact', ownerId: '$ownerId', orgPath: '$orgPath', currency: '$currency' },
        amount: { $sum: '$amount' },
        pieces: { $sum: '$pieces' },
      },
    },
  ])

type CurrencySum = Sum & { readonly currency: string | undefined }

const sumsOf = (groups: readonly Group[], basis: Basis): readonly CurrencySum[] =>
  groups
    .filter(({ _id }) => _id.fact === FACTS[basis])
    .map(({ _id: { ownerId, orgPath, currency }, amount, pieces }) =>
      isCount(basis)
        ? { ownerId, orgPath, currency: undefined, amount: BigInt(pieces) }
        : { ownerId, orgPath, currency, amount: BigInt(amount) },
    )

type Counted = { readonly sums: readonly CurrencySum[]; readonly targets: readonly PublishedTarget[] }

/** Currencies are never added to each other. */
const rowsOf = (basis: Basis, kind: Node['kind'], period: Period, { sums, targets }: Counted): readonly BasisRow[] => {
  const currencies = new Set([...sums, ...targets].map(({ currency }) => currency))
  return [...currencies]
    .toSorted((a = '', b = '') => (a < b ? -1 : 1))
    .flatMap((currency) => {
      const own = <T extends { readonly currency?: string | undefined }>(all: readonly T[]) =>
        all.filter((one) => one.currency === currency)
      return attainmentRows(kind, period, own(sums), own(targets)).map((row) => ({ ...row, basis, currency }))
    })
}

/** Attainment of a period, summed from what the caller may see, by basis. */
export const listAttainments = async (
  desk: Desk,
  scope: Scope,
  companyId: string,
  { period, groupBy, basis: asked, edition }: Asked,
): Promise<readonly NamedRow[]> => {
  const kind: Node['kind'] = groupBy === 'orgUnit' ? 'org_unit' : 'person'
  const one = wordOf(BASIS, asked)
  const bases = one ? [one] : BASES
  const [groups, targets] = await Promise.all([
    groupsIn(desk, scope, period, bases),
    targetsOf(desk, edition).findBy(scope, { year: yearOf(period) }),
  ])
  const rows = bases.flatMap((basis) => {
    const counted = { sums: sumsOf(groups, basis), targets: targets.filter((target) => target.basis === basis) }
    return rowsOf(basis, kind, period, counted)
  })
  const named = await Promise.all(rows.map((row) => withName(desk, scope, companyId, row)))
  return named
    .flatMap((row) => row ?? [])
    .toSorted((a, b) => a.name.localeCompare(b.name, 'zh-CN') || a.node.id.localeCompare(b.node.id))
}

/** The units above what the caller reaches are known from the paths of rows; they are not told, for they are not summed in full. */
const withName = async (
  { directory }: Desk,
  scope: Scope,
  companyId: string,
  row: BasisRow,
): Promise<NamedRow | undefined> => {
  const { kind, id } = row.node
  if (kind === 'person') return { ...row, name: (await directory.person(companyId, id)).displayName }
  const { name, orgPath } = await directory.unit(companyId, id)
  return reaches(scope, { companyId, unitId: id, orgPath }) ? { ...row, name } : undefined
}
