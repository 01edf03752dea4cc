import { expect, test } from 'vitest'
import type { Actor, Reach } from './actor.ts'
import { readExternalRef } from './external-ref.ts'

const actorWith = (...grants: readonly (readonly [string, Reach])[]): Actor => ({
  id: 'a',
  kind: 'staff',
  companyId: 'acme',
  grants: new Map(grants),
})

test('only a migration says where a record comes from, and nothing but its system and id is kept', () => {
  const given = { $typeName: 'saleswright.api.v1.ExternalRef', system: 'crm', id: 'deal/1' }
  expect(readExternalRef(actorWith(['migration', 'company']), given)).toEqual({
    externalRef: { system: 'crm', id: 'deal/1' },
  })
  expect(() => readExternalRef(actorWith(['orders.write', 'company']), given)).toThrow('migration_needed')
  expect(() => readExternalRef(actorWith(['migration', 'subtree']), given)).toThrow('migration_needed')
  expect(readExternalRef(actorWith(), undefined)).toEqual({})
})
