import { conflict, firstDay, formatMoney, inPeriod, kindOf, type Period, type PeriodKind } from '@saleswright/kernel'
import { type Node, type Target, targetKey } from './target-plan.ts'

/** A target with where its node lies: for a unit the way down to it, for a person down to the unit they are in. */
export type PlacedTarget = Target & { readonly name: string; readonly orgPath: readonly string[] }

export const nodeKey = ({ kind, id }: Node): string => `${kind}|${id}`

const KINDS: readonly PeriodKind[] = ['month', 'quarter', 'year']
const size = (period: Period): number => KINDS.indexOf(kindOf(period))

/** Whether all days of a period lie in another one. */
const isWithin = (inner: Period, outer: Period): boolean =>
  size(inner) <= size(outer) && inPeriod(firstDay(inner), outer)

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
  const units = above.map((node) => known.get(targetKey({ node, period: row.period })))
  const periods = widenings(row.period).map((period) => known.get(targetKey({ node: row.node, period })))
  return [units, periods].flatMap((found) => found.find((whole) => whole !== undefined) ?? [])
}

/**
 * R314: wherever a target and parts of it are both there, the parts add up to it: the targets of the units and people below it for
 * the same period, and its own for the months or quarters within it. The first that do not are named: `targets_do_not_add_up`.
 */
export const expectSums = (rows: readonly PlacedTarget[], currency: string): void => {
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
  const text = (minor: bigint) => formatMoney({ currency, minor })
  throw conflict('targets_do_not_add_up', {
    node: node.id,
    name,
    period,
    currency,
    amount: text(amount),
    parts: text(wrong.sum),
  })
}

/**
 * What each node is to reach in a period. One that has no target of its own for it is to reach what its parts are to reach; a target
 * that is part of another one counts once.
 */
export const targetsIn = (rows: readonly PlacedTarget[], period: Period): ReadonlyMap<string, bigint> => {
  const inside = rows.filter((row) => isWithin(row.period, period))
  const known = new Set(inside.map(targetKey))
  const sums = new Map<string, bigint>()
  for (const row of inside) {
    for (const node of upwards(row)) {
      const periods = nodeKey(node) === nodeKey(row.node) ? [] : [row.period]
      const whole = [...periods, ...widenings(row.period)].some((wider) =>
        known.has(targetKey({ node, period: wider })),
      )
      if (whole) break
      sums.set(nodeKey(node), (sums.get(nodeKey(node)) ?? 0n) + row.amount)
    }
  }
  return sums
}
