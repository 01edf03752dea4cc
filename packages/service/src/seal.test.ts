import { expect, test } from 'vitest'
import { auditSeal } from './seal.ts'

const KEY = Buffer.alloc(32, 7)
const BYTES = Buffer.from('a checkpoint')

test('a seal is believed after a restart, for its own bytes, service and key only', () => {
  const seal = auditSeal(KEY, 'orders')
  const signature = seal.sign(BYTES)
  expect(auditSeal(KEY, 'orders').verify(BYTES, signature, seal.keyId)).toBe(true)
  expect(seal.verify(Buffer.from('another checkpoint'), signature, seal.keyId)).toBe(false)
  expect(seal.verify(BYTES, signature, 'unheard')).toBe(false)
  for (const other of [auditSeal(KEY, 'customers'), auditSeal(Buffer.alloc(32, 8), 'orders')]) {
    expect(other.keyId).not.toBe(seal.keyId)
    expect(other.verify(BYTES, signature, other.keyId)).toBe(false)
  }
})
