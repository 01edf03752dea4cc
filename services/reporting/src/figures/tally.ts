import type { Entry } from './entry.ts'
import type { Grouping, Known } from './grouping.ts'
import { slicesOf } from './slices.ts'

/** The sums of one group in one currency. */
export type Group = {
  readonly keys: Readonly<Partial<Record<Grouping, string>>>
  readonly currency: string
  readonly amounts: Readonly<Record<string, bigint>>
  readonly counts: Readonly<Record<string, number>>
}

export type Tally = {
  readonly add: (entries: readonly Entry[], known: Known) => void
  readonly size: () => number
  readonly groups: () => readonly Group[]
  /** One for each currency. Each document counts once, also where it stands in several groups. */
  readonly totals: () => readonly Group[]
}

type Sums = { amounts: Record<string, bigint>; counts: Record<string, number> }
type Growing = Pick<Group, 'keys' | 'currency'> & Sums

const grow = (sums: Sums, { amounts, counts }: Pick<Entry, 'amounts' | 'counts'>): void => {
  for (const [name, minor] of Object.entries(amounts)) sums.amounts[name] = (sums.amounts[name] ?? 0n) + minor
  for (const [name, count] of Object.entries(counts)) sums.counts[name] = (sums.counts[name] ?? 0) + count
}

const growing = (groups: Map<string, Growing>, keys: Group['keys'], currency: string): Growing => {
  const name = JSON.stringify([currency, ...Object.values(keys)])
  const group = groups.get(name) ?? { keys, currency, amounts: {}, counts: {} }
  groups.set(name, group)
  return group
}

/** Adds entries up by groupings. Only the groups are kept, however many entries there are. */
export const tally = (groupings: readonly Grouping[]): Tally => {
  const groups = new Map<string, Growing>()
  const totals = new Map<string, Growing>()
  const addOne = (entry: Entry, known: Known): void => {
    for (const { keys, amounts } of slicesOf(entry, groupings, known)) {
      const named = Object.fromEntries(groupings.map((grouping, index) => [grouping, keys[index] ?? '']))
      grow(growing(groups, named, entry.currency), { amounts, counts: entry.counts })
    }
    if (entry.inTotal !== false) grow(growing(totals, {}, entry.currency), entry)
  }
  return {
    add(entries, known) {
      for (const entry of entries) addOne(entry, known)
    },
    size: () => groups.size,
    groups: () => [...groups.values()],
    totals: () => [...totals.values()],
  }
}
