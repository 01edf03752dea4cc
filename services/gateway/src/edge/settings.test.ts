import { expect, test } from 'vitest'
import { readEdgeSettings } from './settings.ts'

test('limits and proxies are read where they are said', () => {
  expect(readEdgeSettings({})).toEqual({ perMinute: undefined, proxies: undefined })
  expect(readEdgeSettings({ RATE_LIMIT_PER_MINUTE: '60', TRUSTED_PROXIES: '10.0.0.0/8' })).toEqual({
    perMinute: 60,
    proxies: '10.0.0.0/8',
  })
})

test.each(['many', '0', '-1', '1.5', '1e3'])('a limit of %s is refused in one sentence', (limit) => {
  expect(() => readEdgeSettings({ RATE_LIMIT_PER_MINUTE: limit })).toThrow(
    `RATE_LIMIT_PER_MINUTE is "${limit}", which must be a whole number of requests, 1 or more.`,
  )
})
