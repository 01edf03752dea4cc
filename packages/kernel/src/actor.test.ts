import { describe, expect, test } from 'vitest'
import { type Actor, companyScope, inBoth, type Reach, reaches, scopeFor } from './actor.ts'

const caller: Actor = {
  id: 'rep',
  kind: 'staff',
  companyId: 'acme',
  unitId: 'east',
  partnerId: 'dealer',
  grants: new Map<string, Reach>([
    ['own.read', 'self'],
    ['unit.read', 'team'],
    ['below.read', 'subtree'],
    ['all.read', 'company'],
    ['theirs.read', 'partner'],
  ]),
}
const own = { companyId: 'acme', ownerId: 'rep', unitId: 'shop', orgPath: ['root', 'west', 'shop'] }
const ofTheUnit = { companyId: 'acme', ownerId: 'mate', unitId: 'east', orgPath: ['root', 'east'] }
const below = { companyId: 'acme', ownerId: 'mate', unitId: 'shop', orgPath: ['root', 'east', 'shop'] }
const theirs = { companyId: 'acme', ownerId: 'mate', unitId: 'west', orgPath: ['root', 'west'], partnerId: 'dealer' }

describe('what a grant reaches (decisions 3)', () => {
  test.each([
    ['own.read', [own]],
    ['unit.read', [ofTheUnit]],
    ['below.read', [ofTheUnit, below]],
    ['all.read', [own, ofTheUnit, below, theirs]],
    ['theirs.read', [theirs]],
  ])('%s', (permission, reached) => {
    const scope = scopeFor(caller, permission)
    const found = [own, ofTheUnit, below, theirs].filter((there) => scope && reaches(scope, there))
    expect(found).toEqual(reached)
  })

  test('nothing of another company, and no owner where there is none', () => {
    expect(reaches(companyScope('other'), own)).toBe(false)
    const scope = scopeFor(caller, 'own.read')
    expect(scope && reaches(scope, { companyId: 'acme', unitId: 'east' })).toBe(false)
  })
})

describe('what lies in both of two scopes', () => {
  const scopeOf = (permission: string) => scopeFor(caller, permission) ?? companyScope('none')
  const permissions = [...caller.grants.keys()]

  test.each(permissions.flatMap((one) => permissions.map((other) => [one, other] as const)))(
    '%s and %s is what each of them reaches',
    (one, other) => {
      const both = inBoth(scopeOf(one), scopeOf(other))
      for (const there of [own, ofTheUnit, below, theirs]) {
        expect(reaches(both, there)).toBe(reaches(scopeOf(one), there) && reaches(scopeOf(other), there))
      }
    },
  )

  test('is not asked of scopes of two callers', () => {
    expect(() => inBoth(companyScope('acme'), companyScope('other'))).toThrow('different values of companyId')
  })
})
