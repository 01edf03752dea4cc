import { test as property } from '@fast-check/vitest'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { apply, logged } from '../../test/facts.ts'
import { O3, O4, STORY, WEST } from '../../test/story.ts'
import { MODELS } from '../models/all.ts'
import type { Logged } from '../reading/log.ts'
import { contentOf, contentOfRow } from './content.ts'
import type { Row } from './row.ts'

const events = logged(STORY)

const rowsAfter = (those: readonly Logged[]): ReadonlyMap<string, Row> => {
  const rows = new Map<string, Row>()
  for (const event of those) apply(rows, event)
  return rows
}

const contents = (rows: ReadonlyMap<string, Row>): readonly string[] =>
  [...rows].map(([key, row]) => `${key} ${contentOfRow(row)}`).toSorted()

/** Any order in which the events of one record keep theirs: the next event is always of the record that a number picks. */
const interleaved = (picks: readonly number[]): readonly Logged[] => {
  const queues = [...Map.groupBy(events, ({ aggregateId }) => aggregateId).values()].map((queue) => [...queue])
  return events.flatMap((_, index) => {
    const waiting = queues.filter(({ length }) => length > 0)
    return waiting[(picks[index] ?? 0) % waiting.length]?.splice(0, 1) ?? []
  })
}

const picks = fc.array(fc.nat(1_000), { minLength: events.length, maxLength: events.length })

describe('rows', () => {
  const expected = contents(rowsAfter(events))

  property.prop([picks])('are the same in whatever order the events of different records arrive', (order) => {
    const arrived = interleaved(order)
    expect(arrived).toHaveLength(events.length)
    expect(contents(rowsAfter(arrived))).toEqual(expected)
  })

  property.prop([picks, fc.nat(1_000)])('are the same when everything up to a point arrives twice', (order, twice) => {
    const arrived = interleaved(order)
    const again = arrived.slice(0, twice % arrived.length)
    expect(contents(rowsAfter([...again, ...arrived]))).toEqual(expected)
    expect(contents(rowsAfter([...arrived, ...again]))).toEqual(expected)
  })

  test('know every kind of document', () => {
    const kinds = new Set([...rowsAfter(events).keys()].map((key) => key.split('/')[0]))
    expect(kinds).toEqual(new Set(MODELS.map(({ mapping }) => mapping.collection)))
  })

  test('hold every field that they are said to have', () => {
    for (const [key, row] of rowsAfter(events)) {
      const { mapping } = MODELS.find((model) => key.startsWith(`${model.mapping.collection}/`))!
      expect(Object.keys(mapping.schema.paths)).toEqual(expect.arrayContaining(Object.keys(mapping.document(row))))
    }
  })

  test('of an order say that it was cancelled, and who has it now', () => {
    const rows = rowsAfter(events)
    expect(rows.get(`orders/${O3}`)).toMatchObject({ cancelled: true, upTo: 2, net: 5_000 })
    expect(rows.get(`orders/${O4}`)).toMatchObject({ cancelled: false, unitId: WEST, currency: 'USD' })
  })

  test('that nothing was told of before are not made by what comes after', () => {
    const cancelled = events.filter(({ type }) => type.endsWith('.OrderCancelled'))
    expect(() => rowsAfter(cancelled)).toThrow('Nothing was told before')
  })
})

test('the content of a row is the same however its fields are ordered and how often it was written', () => {
  const row = { _id: '1', version: 3, schema: 1, upTo: 2, orgPath: ['a', 'b'], lines: [{ sku: 'x', net: 1 }] }
  const same = {
    lines: [{ net: 1, sku: 'x' }],
    orgPath: ['a', 'b'],
    upTo: 2,
    schema: 2,
    version: 9,
    _id: '1',
    gone: undefined,
  }
  expect(contentOf(row)).toBe(contentOf(same))
  expect(contentOf(row)).not.toBe(contentOf({ ...row, orgPath: ['b', 'a'] }))
  expect(contentOf(row)).not.toBe(contentOf({ ...row, upTo: 3 }))
})
