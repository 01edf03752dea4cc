import { REACHES } from '@saleswright/kernel'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { change, define, grantsOf, union } from './role.ts'

const grant = fc
  .tuple(fc.constantFrom('orders.read', 'orders.write', 'customers.read'), fc.constantFrom(...REACHES))
  .map(([permission, reach]) => `${permission}@${reach}`)
const grants = fc.array(grant, { maxLength: 8 })

describe('the union of grants', () => {
  test('of two reaches of one permission the wider one holds', () => {
    expect(union(['orders.read@self', 'orders.read@subtree', 'orders.read@team'])).toEqual(['orders.read@subtree'])
  })

  test('opens what one of them opens and nothing else, in whatever order they come', () => {
    fc.assert(
      fc.property(grants, grants, (left, right) => {
        const both = union([...left, ...right])
        expect(both).toEqual(union([...right, ...left]))
        expect(union(both)).toEqual(both)
        for (const one of both) expect([...left, ...right]).toContain(one)
        for (const one of [...left, ...right]) {
          const [permission, reach] = one.split('@')
          const found = both.filter((other) => other.startsWith(`${permission}@`))
          expect(found).toHaveLength(1)
          const width = (text = '') => (REACHES as readonly string[]).indexOf(text)
          expect(width(found[0]?.split('@')[1])).toBeGreaterThanOrEqual(width(reach))
        }
      }),
    )
  })

  test('the built-in role opens everything there is, also what its record does not name', () => {
    const { next } = define('r1', 'c1', { name: '管理员', grants: ['orders.read@self'], builtIn: true })
    expect(grantsOf([next], ['orders.read@company', 'new.permission@company'])).toEqual([
      'new.permission@company',
      'orders.read@company',
    ])
  })
})

describe('changing a role', () => {
  const { next: role } = define('r1', 'c1', { name: '销售', grants: ['orders.read@self'] })

  test('the same name and grants are no change', () => {
    expect(change(role, { name: '销售', grants: ['orders.read@self', 'orders.read@self'] }).events).toEqual([])
  })

  test('the built-in role is not changed', () => {
    expect(() => change({ ...role, builtIn: true }, { name: 'x' })).toThrow(
      expect.objectContaining({ code: 'role_is_built_in' }),
    )
  })
})
