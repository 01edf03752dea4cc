import { expect, test } from 'vitest'
import { sealer } from './sealer.ts'

const { seal, open } = sealer(new Uint8Array(32).fill(7))
const address = { name: '王', line1: '人民路 1 号' }

test('what is sealed shows nothing, opens again, and twice looks different', () => {
  const sealed = seal('customer', address)
  expect(Buffer.from(sealed.ct, 'base64').toString('latin1')).not.toContain('line1')
  expect(open('customer', sealed)).toEqual(address)
  expect(seal('customer', address).ct).not.toBe(sealed.ct)
})

test('another subject’s key opens nothing of it, and neither does the key of another installation', () => {
  const sealed = seal('customer', address)
  expect(() => open('another', sealed)).toThrow()
  expect(() => sealer(new Uint8Array(32)).open('customer', sealed)).toThrow()
})
