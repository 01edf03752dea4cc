import { expect, test } from 'vitest'
import { ownToken } from './service-token.ts'

const aToken = (failures = 0) => {
  let now = Date.parse('2026-03-01T00:00:00Z')
  let asked = 0
  const token = ownToken(
    async () => {
      asked += 1
      if (asked <= failures) throw new Error('not there yet')
      return { accessToken: `token ${asked}`, expiresInSeconds: 300 }
    },
    { now: () => new Date(now) },
  )
  const pass = (seconds: number): void => {
    now += seconds * 1_000
  }
  return { token, asked: () => asked, pass }
}

test('everybody who waits gets the one token that was asked for, and it is kept', async () => {
  const { token, asked } = aToken()
  expect(await Promise.all([token(), token()])).toEqual(['token 1', 'token 1'])
  await token()
  expect(asked()).toBe(1)
})

test('30 seconds before it expires it is renewed', async () => {
  const { token, pass } = aToken()
  await token()
  pass(269)
  expect(await token()).toBe('token 1')
  pass(1)
  expect(await token()).toBe('token 2')
})

test('a refusal is not kept', async () => {
  const { token } = aToken(1)
  await expect(token()).rejects.toThrow('not there yet')
  expect(await token()).toBe('token 2')
})
