import type { Actor, Reach } from '@saleswright/kernel'
import { describe, expect, test } from 'vitest'
import { type Call, scopeAlso, scopeIfAny } from '../src/index.ts'
import { ProbeService } from './probe.ts'

const callBy = (grants: Readonly<Record<string, Reach>>): Call => {
  const actor: Actor = { id: 'clerk', kind: 'staff', companyId: 'acme', grants: new Map(Object.entries(grants)) }
  return { actor, method: ProbeService.method.read, permission: 'probe.read' } as unknown as Call
}

describe('the reach of a permission beside that of the method', () => {
  test('is that of the grant', () => {
    const call = callBy({ 'probe.read': 'company', 'things.read': 'self' })
    const own = { companyId: 'acme', ownerId: 'clerk' }
    expect([scopeAlso(call, 'things.read').equals, scopeIfAny(call, 'things.read')?.equals]).toEqual([own, own])
  })

  test('is none for who has no such grant: the refusal names it, or the request does without', () => {
    const call = callBy({ 'probe.read': 'company' })
    const missing = { kind: 'forbidden', code: 'permission_missing', params: { permission: 'things.read' } }
    expect(() => scopeAlso(call, 'things.read')).toThrow(expect.objectContaining(missing))
    expect(scopeIfAny(call, 'things.read')).toBeUndefined()
  })

  test('is asked for where the contract names it, and nowhere else', () => {
    const call = callBy({ 'secrets.read': 'company' })
    const told = 'probe.v1.ProbeService.Read does not name secrets.read in its contract'
    expect(() => scopeAlso(call, 'secrets.read')).toThrow(told)
    expect(() => scopeIfAny(call, 'secrets.read')).toThrow(told)
  })
})
