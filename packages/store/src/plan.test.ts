import type { Aggregate } from '@saleswright/kernel'
import { Schema } from 'mongoose'
import { expect, test } from 'vitest'
import { plain } from './own-fields.ts'
import { planOf } from './plan.ts'

type Thing = Aggregate & { readonly number: string }

const planWith = (more: object) => {
  const schema = new Schema({ number: String })
  schema.index({ companyId: 1, number: 1 }, { name: 'number', unique: true })
  const mapping = { ...plain<Thing>(), name: 'thing', collection: 'things', schema, version: 1, ...more }
  return () => planOf(mapping, { namespace: 'x.things' } as never)
}

test('a unique index without a code for callers is refused where it is declared', () => {
  expect(planWith({})).toThrow("The unique index 'number' of thing has no code for callers")
  expect(planWith({ uniques: { other: 'other_taken' } })).toThrow("The unique index 'number'")
})

test.each([{ uniques: { number: 'thing_exists' } }, { generated: ['number'] }])(
  '%o says what a second one is',
  (more) => {
    expect(planWith(more)().name).toBe('thing')
  },
)
