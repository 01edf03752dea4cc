import { expect, test } from 'vitest'
import { readEdgeSettings } from './settings.ts'

test('limits and proxies are read where they are said', () => {
  expect(readEdgeSettings({})).toEqual({ perMinute: undefined, isProxy: undefined })
  const { perMinute, isProxy } = readEdgeSettings({ RATE_LIMIT_PER_MINUTE: '60', TRUSTED_PROXIES: '10.0.0.0/8' })
  expect([perMinute, isProxy?.('10.0.0.1'), isProxy?.('11.0.0.1')]).toEqual([60, true, false])
})

test.each(['many', '0', '-1', '1.5', '1e3'])('a limit of %s is refused in one sentence', (limit) => {
  expect(() => readEdgeSettings({ RATE_LIMIT_PER_MINUTE: limit })).toThrow(
    `RATE_LIMIT_PER_MINUTE is "${limit}", which must be a whole number of requests, 1 or more.`,
  )
})

test('a list of proxies that cannot be read is refused in one sentence', () => {
  expect(() => readEdgeSettings({ TRUSTED_PROXIES: '10.0.0.0/8, our-proxy' })).toThrow(
    'TRUSTED_PROXIES is "10.0.0.0/8, our-proxy", which must be addresses and ranges with commas between, as in 10.0.0.0/8,loopback.',
  )
})
