import { fc, test as property } from '@fast-check/vitest'
import mongoose from 'mongoose'
import { expect, test } from 'vitest'
import { canonical, checkNumbers, exact, same } from './values.ts'

const { BSON } = mongoose.mongo

const leaf = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.maxSafeInteger(),
  fc.double({ noNaN: true, min: -1e9, max: 1e9 }),
  fc.boolean(),
  fc.constant(null),
  fc.constant(undefined),
  fc.date({ noInvalidDate: true }),
  fc.uint8Array({ maxLength: 8 }),
)
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    leaf,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.stringMatching(/^[a-z]{1,3}$/), tie('value'), { maxKeys: 4 }),
  ),
}))

const stored = (content: unknown): unknown =>
  BSON.deserialize(BSON.serialize({ content }, { ignoreUndefined: true })).content

property.prop([value])('a value has the same hash text before and after it was stored', (content) => {
  expect(canonical(stored(content))).toBe(canonical(content))
})

property.prop([value])('a value is the same as itself once stored, unless it has no text form', (content) => {
  const wellFormed = !/[\uD800-\uDFFF]/.test(canonical(content))
  if (wellFormed && !JSON.stringify(content)?.includes('null')) expect(same(stored(content), content)).toBe(true)
})

property.prop([value, value])('values of different text are not the same', (left, right) => {
  if (same(left, right)) expect(canonical(left)).toBe(canonical(right))
})

property.prop([fc.bigInt({ min: -(2n ** 60n), max: 2n ** 60n })])('exact is exact or refuses', (minor) => {
  const safe = minor <= BigInt(Number.MAX_SAFE_INTEGER) && minor >= BigInt(Number.MIN_SAFE_INTEGER)
  if (safe) expect(BigInt(exact(minor))).toBe(minor)
  else expect(() => exact(minor)).toThrow('number_not_exact')
})

test.each([
  [2 ** 53, 'a'],
  [Number.NaN, 'a'],
  [Number.POSITIVE_INFINITY, 'a'],
  [[{ b: -(2 ** 53) }], 'a[0].b'],
  [{ b: 1n }, 'a.b'],
  [new Date(Number.NaN), 'a'],
])('%s is refused by name', (content, field) => {
  expect(() => checkNumbers(content, 'a')).toThrow(
    expect.objectContaining({ params: expect.objectContaining({ field }) }),
  )
})
