import { describeTransitions } from '@saleswright/testing'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { assignmentOn, endedOn, homeOn, overlaps, transferred } from './assignments.ts'
import {
  type Assignment,
  assign,
  hire,
  leave,
  nameAccount,
  type Person,
  setRoles,
  settle,
  TRANSITIONS,
} from './person.ts'

const PLACE = { unitId: 'u1', orgPath: ['root', 'u1'] }
const FIRST: Assignment = { orgUnitId: 'u1', positionId: 'p1', from: '2026-01-01' }
const aPerson = (changes: Partial<Person> = {}): Person => ({
  ...hire('id', { companyId: 'c1', displayName: '李雷', roleIds: [] }, FIRST, PLACE).next,
  ...changes,
})

describeTransitions('person', TRANSITIONS, { left: (person) => leave(person, []) }, { first: 'active', build: aPerson })

describe('a transfer', () => {
  const next: Assignment = { orgUnitId: 'u2', positionId: 'p1', from: '2026-04-01' }

  test('ends what is in force and keeps it for the days it was', () => {
    const spans = transferred([FIRST], next)
    expect(spans).toEqual([{ ...FIRST, until: '2026-04-01' }, next])
    expect(assignmentOn(spans, '2026-03-31')?.orgUnitId).toBe('u1')
    expect(assignmentOn(spans, '2026-04-01')?.orgUnitId).toBe('u2')
  })

  test('on the very first day replaces it', () => {
    expect(transferred([FIRST], { ...FIRST, orgUnitId: 'u3' })).toEqual([{ ...FIRST, orgUnitId: 'u3' }])
  })

  test('does not run into one that is planned', () => {
    expect(() => transferred([{ ...FIRST, from: '2026-06-01' }], next)).toThrow(
      expect.objectContaining({ code: 'assignment_overlaps' }),
    )
  })

  test('the same again tells nothing, and who has left is not placed', () => {
    const place = { unitId: 'u2', orgPath: ['root', 'u2'] }
    const moved = assign(aPerson(), transferred([FIRST], next), place).next
    expect(assign(moved, transferred(moved.assignments, next), place).events).toEqual([])
    expect(() => assign(aPerson({ status: 'left' }), [next], place)).toThrow(
      expect.objectContaining({ code: 'person_is_left' }),
    )
  })
})

test('whatever transfers come, nobody is in two places on one day, and the past does not change', () => {
  const day = fc.integer({ min: 1, max: 28 }).map((number) => `2026-02-${String(number).padStart(2, '0')}`)
  const unit = fc.constantFrom('u1', 'u2', 'u3')
  fc.assert(
    fc.property(fc.array(fc.tuple(day, unit), { maxLength: 8 }), (moves) => {
      let spans: readonly Assignment[] = [{ ...FIRST, from: '2026-02-01' }]
      for (const [from, orgUnitId] of moves) {
        const before = spans
        try {
          spans = transferred(spans, { orgUnitId, positionId: 'p1', from })
        } catch {
          continue
        }
        for (let past = 1; past < Number(from.slice(-2)); past++) {
          const date = `2026-02-${String(past).padStart(2, '0')}`
          expect(assignmentOn(spans, date)?.orgUnitId).toBe(assignmentOn(before, date)?.orgUnitId)
        }
      }
      for (const [index, span] of spans.entries()) {
        for (const other of spans.slice(index + 1)) expect(overlaps(span, other)).toBe(false)
      }
    }),
  )
})

describe('leaving', () => {
  test('nothing reaches beyond the first day away', () => {
    const spans = [FIRST, { ...FIRST, from: '2026-05-01' }]
    expect(endedOn(spans, '2026-03-01')).toEqual([{ ...FIRST, until: '2026-03-01' }])
  })
})

describe('where a person belongs', () => {
  const spans: Assignment[] = [
    { ...FIRST, until: '2026-02-01' },
    { ...FIRST, orgUnitId: 'u2', from: '2026-03-01', until: '2026-04-01' },
  ]
  test.each([
    ['2026-01-15', 'u1'],
    ['2026-02-15', 'u2'],
    ['2026-05-01', 'u2'],
  ])('on %s: %s', (date, unit) => expect(homeOn(spans, date)?.orgUnitId).toBe(unit))
})

test('the same roles, account and place again tell nothing', () => {
  const person = setRoles(nameAccount(aPerson(), 'lilei').next, ['r2', 'r1', 'r1']).next
  expect(person.roleIds).toEqual(['r1', 'r2'])
  expect(setRoles(person, ['r1', 'r2']).events).toEqual([])
  expect(nameAccount(person, 'lilei').events).toEqual([])
  expect(settle(person, PLACE).events).toEqual([])
})
