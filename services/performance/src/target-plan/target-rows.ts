import { conflict, formatMoney, isWithin, type Period, withheld } from '@saleswright/kernel'
import { type Node, type Target, targetKey } from './target-plan.ts'

/** A target with where its node lies: for a unit the way down to it, for a person down to the unit they are in. */
export type PlacedTarget = Target & { readonly name: string; readonly orgPath: readonly string[] }

export const nodeKey = ({ kind, id }: Node): string => `${kind}|${id}`

/** A node and the units above it, nearest first. */
const upwards = ({ node, orgPath }: PlacedTarget): readonly Node[] => {
  const units = orgPath.map((id): Node => ({ kind: 'org_unit', id })).toReversed()
  return node.kind === 'person' ? [node, ...units] : units
}

/** The quarter and the year of a month, the year of a quarter: nearest first. */
const widenings = (period: Period): readonly Period[] => {
  const [year = '', part = ''] = period.split('-')
  if (part === '') return []
  return part.startsWith('Q') ? [year] : [`${year}-Q${Math.ceil(Number(part) / 3)}`, year]
}

/** The target that one is a part of, along the organisation and along the calendar: the nearest that is there. */
const wholesOf = (row: PlacedTarget, known: ReadonlyMap<string, PlacedTarget>): readonly PlacedTarget[] => {
  const [, ...above] = upwards(row)
  const units = above.map((node) => known.get(targetKey({ ...row, node })))
  const periods = widenings(row.period).map((period) => known.get(targetKey({ ...row, period })))
  return [units, periods].flatMap((found) => found.find((whole) => whole !== undefined) ?? [])
}

const quotasIn = (rows: readonly PlacedTarget[]): readonly PlacedTarget[] => rows.filter(({ kind }) => kind === 'quota')

/**
 * R314: wherever a quota and parts of it are both there, the parts add up to it: the quotas of the units and people below it for
 * the same period, and its own for the months or quarters within it. The first that do not are named, with
 * their amounts to whoever may know those: `targets_do_not_add_up`.
 * Minimums add up to nothing (R322 to R324). All rows are of one basis, and of one currency unless they are counts.
 */
export const expectSums = (
  all: readonly PlacedTarget[],
  currency: string | undefined,
  mayTell: (whole: PlacedTarget) => boolean,
): void => {
  const rows = quotasIn(all)
  const known = new Map(rows.map((row) => [targetKey(row), row]))
  const sums = new Map<string, { readonly whole: PlacedTarget; readonly sum: bigint }>()
  for (const row of rows) {
    for (const whole of wholesOf(row, known)) {
      const along = whole.period === row.period ? 'units' : 'periods'
      const key = `${along}|${targetKey(whole)}`
      sums.set(key, { whole, sum: (sums.get(key)?.sum ?? 0n) + row.amount })
    }
  }
  const wrong = [...sums.values()].find(({ whole, sum }) => sum !== whole.amount)
  if (!wrong) return
  const { node, name, period, amount } = wrong.whole
  const text = (value: bigint) =>
    currency === undefined ? String(value) : `${formatMoney({ currency, minor: value })} ${currency}`
  const refusal = conflict('targets_do_not_add_up', {
    node: node.id,
    name,
    period,
    amount: text(amount),
    parts: text(wrong.sum),
  })
  throw mayTell(wrong.whole) ? refusal : withheld(refusal, 'period')
}

/**
 * What each node is to reach in a period by quotas. One that has no quota of its own for it is to reach what its parts are to reach; a
 * quota that is part of another one counts once.
 */
export const targetsIn = (rows: readonly PlacedTarget[], period: Period): ReadonlyMap<string, bigint> => {
  const inside = quotasIn(rows).filter((row) => isWithin(row.period, period))
  const known = new Set(inside.map(targetKey))
  const sums = new Map<string, bigint>()
  for (const row of inside) {
    for (const node of upwards(row)) {
      const periods = nodeKey(node) === nodeKey(row.node) ? [] : [row.period]
      const whole = [...periods, ...widenings(row.period)].some((wider) =>
        known.has(targetKey({ node, period: wider, kind: 'quota' })),
      )
      if (whole) break
      sums.set(nodeKey(node), (sums.get(nodeKey(node)) ?? 0n) + row.amount)
    }
  }
  return sums
}
