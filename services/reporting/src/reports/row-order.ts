import { BUCKETS } from '../figures/aging.ts'
import type { Grouping } from '../figures/grouping.ts'
import { STAGES } from '../figures/stages.ts'
import type { Group } from '../figures/tally.ts'
import type { Labels } from './labels.ts'

const PLACES: Partial<Readonly<Record<Grouping, readonly string[]>>> = { stage: STAGES, bucket: BUCKETS }

const compareText = (left: string, right: string): number => (left < right ? -1 : Number(left > right))

const placeOf = (places: readonly string[], key: string): number => {
  const place = places.indexOf(key)
  return place < 0 ? places.length : place
}

const compareKeys = (grouping: Grouping, labels: Labels, left: string, right: string): number => {
  const places = PLACES[grouping]
  if (places) return placeOf(places, left) - placeOf(places, right) || compareText(left, right)
  return compareText(labels(grouping, left), labels(grouping, right)) || compareText(left, right)
}

/** Rows by their groupings in turn: stages and buckets as they follow each other, everything else by what is read. */
export const inOrder = (groups: readonly Group[], groupings: readonly Grouping[], labels: Labels): readonly Group[] =>
  groups.toSorted((left, right) => {
    for (const grouping of groupings) {
      const order = compareKeys(grouping, labels, left.keys[grouping] ?? '', right.keys[grouping] ?? '')
      if (order !== 0) return order
    }
    return compareText(left.currency, right.currency)
  })
