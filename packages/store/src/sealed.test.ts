import { randomBytes } from 'node:crypto'
import { test } from '@fast-check/vitest'
import fc from 'fast-check'
import { expect } from 'vitest'
import { sealerOf } from './sealed.ts'

const secret = randomBytes(32)
const { seal, open } = sealerOf(secret, 'customers')
const phone = { subject: 'a', field: 'phone' }

test.prop([fc.uuid(), fc.string(), fc.string({ minLength: 6, unit: 'grapheme' })])(
  'what was sealed for a subject opens for it, and its bytes tell nothing',
  (subject, field, text) => {
    const sealed = seal({ subject, field }, text)
    expect(open({ subject, field }, sealed)).toBe(text)
    expect(Buffer.from(sealed.ct, 'base64').includes(text)).toBe(false)
  },
)

test('the same text is sealed to the same bytes in one place, and to others for another subject, field or service', () => {
  const { ct } = seal(phone, '李雷')
  expect(seal(phone, '李雷').ct).toBe(ct)
  expect(seal({ ...phone, subject: 'b' }, '李雷').ct).not.toBe(ct)
  expect(seal({ ...phone, field: 'name' }, '李雷').ct).not.toBe(ct)
  expect(sealerOf(secret, 'orders').seal(phone, '李雷').ct).not.toBe(ct)
})

test('another subject, field, service or key and changed or cut bytes open nothing', () => {
  const sealed = seal(phone, '13800000000')
  expect(() => open({ ...phone, subject: 'b' }, sealed)).toThrow()
  expect(() => open({ ...phone, field: 'name' }, sealed)).toThrow()
  expect(() => sealerOf(randomBytes(32), 'customers').open(phone, sealed)).toThrow(/key/)
  const orders = sealerOf(secret, 'orders')
  const { keyId } = orders.seal(phone, '')
  expect(() => orders.open(phone, sealed)).toThrow(/key/)
  expect(() => orders.open(phone, { ...sealed, keyId })).toThrow()
  const bytes = Buffer.from(sealed.ct, 'base64')
  bytes[14] = (bytes[14] ?? 0) ^ 1
  expect(() => open(phone, { ...sealed, ct: bytes.toString('base64') })).toThrow()
  expect(() => open(phone, { ...sealed, ct: sealed.ct.slice(0, -8) })).toThrow()
})
