import fc from 'fast-check'
import { expect, test } from 'vitest'
import { follow, moveUnder, type OrgUnit, open, openRoot, update } from './org-unit.ts'

const root = openRoot('root', 'c1', '公司').next
const below = (parent: OrgUnit, id: string): OrgUnit => open(id, parent, { name: id, kind: 'team' }).next

test('R6: a path leads from the root down to the unit', () => {
  const region = below(root, 'region')
  expect(below(region, 'team').orgPath).toEqual(['root', 'region', 'team'])
})

test('a unit never stands below itself, and the root below nothing', () => {
  const region = below(root, 'region')
  const team = below(region, 'team')
  for (const [unit, parent] of [
    [region, team],
    [region, region],
    [root, region],
  ] as const) {
    expect(() => moveUnder(unit, parent)).toThrow(expect.objectContaining({ code: 'org_unit_cycle' }))
  }
})

test('the same place and the same name again tell nothing', () => {
  const region = below(root, 'region')
  expect(moveUnder(region, root).events).toEqual([])
  expect(update(region, { name: 'region' }).events).toEqual([])
})

test('after any moves every path is that of its parent with itself behind', () => {
  const step = fc.record({ unit: fc.nat(), parent: fc.nat() })
  fc.assert(
    fc.property(
      fc.array(fc.nat(), { minLength: 1, maxLength: 10 }),
      fc.array(step, { maxLength: 10 }),
      (sizes, moves) => {
        const units = new Map<string, OrgUnit>([['root', root]])
        for (const [index, at] of sizes.entries()) {
          const parent = [...units.values()][at % units.size] ?? root
          units.set(`u${index}`, below(parent, `u${index}`))
        }
        const pick = (at: number) => [...units.values()][at % units.size] ?? root
        for (const move of moves) {
          const unit = pick(move.unit)
          try {
            const { next, events } = moveUnder(unit, pick(move.parent))
            if (events.length === 0) continue
            units.set(unit.id, next)
            for (const other of units.values()) {
              if (other.id !== unit.id && other.orgPath.includes(unit.id)) units.set(other.id, follow(other, next).next)
            }
          } catch {
            // A move that would make a ring is refused.
          }
        }
        for (const { id, parentId, orgPath } of units.values()) {
          const parent = parentId === undefined ? undefined : units.get(parentId)
          expect(orgPath).toEqual([...(parent?.orgPath ?? []), id])
        }
      },
    ),
  )
})
