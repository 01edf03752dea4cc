import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { route, type Way } from './route.ts'

// root ─ department ─ team; the seller and the manager are in the team, the director in the department, the head in the root.
const WAY: Way = { excluded: ['seller'], superiors: ['manager', 'director'], units: ['team', 'department', 'root'] }
const [manager, director, head] = [
  { personId: 'manager', unitId: 'team' },
  { personId: 'director', unitId: 'department' },
  { personId: 'head', unitId: 'root' },
]
const colleague = { personId: 'colleague', unitId: 'team' }

describe('decision 22: who decides', () => {
  test.each([
    ['the nearest superior with the authority', WAY, [head, director, manager], ['manager']],
    ['the next superior, when the nearest lacks it', WAY, [head, director], ['director']],
    ['a superior before a colleague of the same unit', WAY, [colleague, manager], ['manager']],
    [
      'without a superior, everybody who has it in the own unit',
      { ...WAY, superiors: [] },
      [manager, colleague, head],
      ['colleague', 'manager'],
    ],
    ['otherwise in the next unit up', { ...WAY, superiors: ['nobody'] }, [head], ['head']],
    ['the maker alone: the next unit up', { ...WAY, excluded: ['manager'], superiors: [] }, [manager, head], ['head']],
    [
      'not the one for whom it was recorded either',
      { ...WAY, excluded: ['clerk', 'manager'], superiors: ['manager'] },
      [manager, director],
      ['director'],
    ],
    ['nobody, when only the maker has it', { ...WAY, excluded: ['head'], superiors: [] }, [head], []],
    ['nobody, when nobody has it', WAY, [], []],
    [
      'in a unit beside the way up, when nobody on it has the authority',
      { ...WAY, superiors: [] },
      [{ personId: 'other', unitId: 'elsewhere' }],
      ['other'],
    ],
    [
      'not in a unit beside the way up, when somebody on it has the authority',
      { ...WAY, superiors: [] },
      [{ personId: 'other', unitId: 'elsewhere' }, head],
      ['head'],
    ],
  ])('%s', (_, way, authorised, expected) => {
    expect(route(way, authorised)).toEqual(expected)
  })
})

/** A random tree of units, people in it with random superiors, some of whom have the authority. */
const organisation = fc
  .record({
    parents: fc.array(fc.nat(), { minLength: 1, maxLength: 12 }),
    people: fc.array(fc.record({ unit: fc.nat(), superior: fc.nat(), able: fc.boolean() }), {
      minLength: 2,
      maxLength: 12,
    }),
    maker: fc.nat(),
    recordedFor: fc.option(fc.nat()),
  })
  .map(({ parents, people, maker, recordedFor }) => {
    const parentOf = (unit: number): number => (unit === 0 ? -1 : (parents[unit] ?? 0) % unit)
    const unitOf = (person: number): number => (people[person]?.unit ?? 0) % parents.length
    const up = (unit: number): string[] => (unit < 0 ? [] : [`u${unit}`, ...up(parentOf(unit))])
    const makers = [maker % people.length, ...(recordedFor === null ? [] : [recordedFor % people.length])]
    const doer = makers.at(-1) ?? 0
    const superiors: number[] = []
    for (let next = doer; ; ) {
      next = (people[next]?.superior ?? 0) % people.length
      if (superiors.includes(next)) break
      superiors.push(next)
    }
    const way = { excluded: makers.map(String), superiors: superiors.map(String), units: up(unitOf(doer)) }
    const authorised = people.flatMap(({ able }, index) =>
      able ? [{ personId: String(index), unitId: `u${unitOf(index)}` }] : [],
    )
    return { way, authorised }
  })

describe('in any organisation', () => {
  test('nobody decides what they made, or what was recorded for them', () => {
    fc.assert(
      fc.property(organisation, ({ way, authorised }) => {
        for (const id of route(way, authorised)) expect(way.excluded).not.toContain(id)
      }),
    )
  })

  test('only the authorised decide, and somebody does where anybody but the makers has the authority', () => {
    fc.assert(
      fc.property(organisation, ({ way, authorised }) => {
        const deciders = route(way, authorised)
        const able = authorised.filter(({ personId }) => !way.excluded.includes(personId))
        for (const id of deciders) expect(able.map(({ personId }) => personId)).toContain(id)
        expect(deciders.length > 0).toBe(able.length > 0)
      }),
    )
  })
})
