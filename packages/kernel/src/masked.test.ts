import { expect, test } from 'vitest'
import { conflict } from './app-error.ts'
import { maskedMessage } from './masked.ts'

const PHONE = '13800000000'
const thrownBy = (work: () => unknown): unknown => {
  try {
    return work()
  } catch (error) {
    return error
  }
}

test.each([
  ['a refusal', conflict('phone_taken', { phone: PHONE }), 'phone_taken'],
  [
    'a duplicate key',
    new Error(`E11000 duplicate key: dup key: { phone: "${PHONE}" }`),
    'E11000 duplicate key: dup key: {…}',
  ],
  [
    'a cast',
    new Error(`Cast to Number failed for value "{ phone: "${PHONE}" }" (type Object) at path "credit"`),
    'Cast to Number failed for value "…" (type Object) at path "credit"',
  ],
  [
    'text that is no JSON',
    thrownBy(() => JSON.parse(`phone${PHONE}`)),
    expect.stringContaining('"…" is not valid JSON'),
  ],
  ['text that is no number', thrownBy(() => BigInt(`+86 ${PHONE}`)), 'Cannot convert … to a BigInt'],
  ['what is no error', PHONE, 'a string was thrown'],
])('%s is told without what somebody entered', (_, error, told) => {
  const masked = maskedMessage(error)
  expect(masked).toEqual(told)
  expect(masked).not.toContain(PHONE)
})

test('what names nothing that was entered is told as it is', () => {
  expect(maskedMessage(new TypeError("Cannot read properties of undefined (reading 'net')"))).toBe(
    "Cannot read properties of undefined (reading 'net')",
  )
})
