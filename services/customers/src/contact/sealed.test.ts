import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sealerOf } from './sealed.ts'

const { seal, open } = sealerOf(randomBytes(32))

test('what was sealed for a subject opens for it, and its bytes tell nothing', () => {
  fc.assert(
    fc.property(fc.uuid(), fc.string({ minLength: 6, unit: 'grapheme' }), (subject, text) => {
      const sealed = seal(subject, text)
      expect(open(subject, sealed)).toBe(text)
      expect(Buffer.from(sealed.ct, 'base64').includes(text)).toBe(false)
    }),
  )
})

test('the same text is sealed to the same bytes for one subject, and to others for another', () => {
  expect(seal('a', '李雷')).toEqual(seal('a', '李雷'))
  expect(seal('b', '李雷').ct).not.toBe(seal('a', '李雷').ct)
})

test('another subject, another key and changed bytes open nothing', () => {
  const sealed = seal('a', '13800000000')
  expect(() => open('b', sealed)).toThrow()
  expect(() => sealerOf(randomBytes(32)).open('a', sealed)).toThrow(/key/)
  const bytes = Buffer.from(sealed.ct, 'base64')
  bytes[14] = (bytes[14] ?? 0) ^ 1
  expect(() => open('a', { ...sealed, ct: bytes.toString('base64') })).toThrow()
})
