import { expect, test } from 'vitest'
import { randomFrom } from './random.ts'

const draws = (seed: number, count: number) => {
  const random = randomFrom(seed)
  return Array.from({ length: count }, () => random.between(1, 6))
}

test('the same seed gives the same numbers, another seed others', () => {
  expect(draws(7, 50)).toEqual(draws(7, 50))
  expect(draws(7, 50)).not.toEqual(draws(8, 50))
})

test('every number of a range comes about as often as the others', () => {
  const counts = Map.groupBy(draws(1, 6_000), (face) => face)
  expect(new Set(counts.keys())).toEqual(new Set([1, 2, 3, 4, 5, 6]))
  for (const { length } of counts.values()) expect(Math.abs(length - 1_000)).toBeLessThan(150)
})

test('a chance comes as often as it says', () => {
  const { percent } = randomFrom(3)
  const hits = Array.from({ length: 10_000 }, () => percent(20)).filter(Boolean).length
  expect(Math.abs(hits - 2_000)).toBeLessThan(200)
})
