import { expect, test } from 'vitest'
import { ADMINISTRATOR_GRANTS, isGrant, PARTNER_PERMISSIONS, PERMISSIONS } from './permissions.ts'

test('every permission of the contracts can be granted, and those that code asks for', () => {
  for (const name of ['orders.write', 'organization.approvals.decide', 'migration', 'orders.price', 'session']) {
    expect(PERMISSIONS).toContain(name)
    expect(ADMINISTRATOR_GRANTS).toContain(`${name}@company`)
  }
})

test('partners get what the contracts open to them, and nothing of the organisation', () => {
  expect(PARTNER_PERMISSIONS).toContain('orders.write')
  expect(PARTNER_PERMISSIONS.filter((name) => /^organization\.|migration|orders\.price/.test(name))).toEqual([])
})

test.each(['orders.read', 'orders.read@', 'orders.read@everywhere', 'orders.fly@self', 'orders.read@self@self', ''])(
  '"%s" is no grant',
  (text) => expect(isGrant(text)).toBe(false),
)

test('a known permission with a reach is one', () => expect(isGrant('orders.read@subtree')).toBe(true))
