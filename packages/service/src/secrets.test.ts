import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { isServiceSecret, sealingKey, serviceSecret } from './secrets.ts'

const KEY = Buffer.alloc(32, 7)

test('the secret of a service is the HMAC that the contract describes', () => {
  expect(serviceSecret(KEY, 'orders')).toBe(createHmac('sha256', KEY).update('service:orders').digest('hex'))
})

test('only its own secret, whole, proves a service', () => {
  const secret = serviceSecret(KEY, 'orders')
  expect(isServiceSecret(KEY, 'orders', secret)).toBe(true)
  expect(isServiceSecret(KEY, 'customers', secret)).toBe(false)
  expect(isServiceSecret(KEY, 'orders', secret.slice(1))).toBe(false)
  expect(isServiceSecret(KEY, 'orders', '')).toBe(false)
})

test('who sees the secret of a service does not have its sealing key', () => {
  expect(Buffer.from(sealingKey(KEY, 'orders')).toString('hex')).not.toBe(serviceSecret(KEY, 'orders'))
  expect(sealingKey(KEY, 'orders')).not.toEqual(sealingKey(KEY, 'customers'))
})
