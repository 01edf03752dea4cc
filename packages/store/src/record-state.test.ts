import { fc, test as property } from '@fast-check/vitest'
import mongoose from 'mongoose'
import { expect, test } from 'vitest'
import type { Stored } from './plan.ts'
import { stateOf } from './record-state.ts'
import { same } from './values.ts'

const { BSON } = mongoose.mongo

const leaf = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 5 }),
  fc.maxSafeInteger(),
  fc.double({ noNaN: true, min: -1e9, max: 1e9 }),
  fc.boolean(),
  fc.constant(null),
  fc.constant(undefined),
  fc.date({ noInvalidDate: true }),
  fc.uint8Array({ maxLength: 4 }),
)
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    leaf,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.stringMatching(/^[a-z]{1,2}$/), tie('value'), { maxKeys: 3 }),
  ),
}))

const record = (content: unknown) => ({ _id: 'a', version: 1, schema: 2, companyId: 'c', content }) as unknown as Stored
const stored = (document: Stored): Stored =>
  BSON.deserialize(BSON.serialize(document, { ignoreUndefined: true })) as unknown as Stored
const state = (document: Stored) => stateOf({ fields: ['companyId', 'content'] }, document)

property.prop([value])('a record is the same before and after it was stored', (content) => {
  expect(state(stored(record(content)))).toEqual(state(record(content)))
})

property.prop([value, value])('records are told apart when what is stored of them differs', (left, right) => {
  const [one, other] = [stored(record(left)), stored(record(right))]
  expect(state(one).hash === state(other).hash).toBe(same(one, other))
})

test('texts cannot be moved from one field into the next, nor types changed', () => {
  const kinds = [
    { a: 'b', c: '' },
    { a: '', c: 'b' },
    { a: 'b"1:c' },
    ['b'],
    'b',
    '1',
    1,
    true,
    null,
    new Date(1),
    [[]],
    [],
    {},
  ]
  expect(new Set(kinds.map((content) => state(record(content)).hash)).size).toBe(kinds.length)
})

test('the order of fields is no difference, and neither are fields of newer code', () => {
  const [one, other] = [record({ a: 1, b: 2 }), record({ b: 2, a: 1 })]
  expect(state(one)).toEqual(state(other))
  expect(stateOf({ fields: ['content', 'companyId'] }, one)).toEqual(state(one))
  expect(state({ ...one, ofTomorrow: 1 } as Stored)).toEqual(state(one))
})
