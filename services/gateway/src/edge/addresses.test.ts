import { expect, test } from 'vitest'
import { networkOf, proxiesIn } from './addresses.ts'

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::', '2001:db8:1:2::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['no address', 'unknown'],
  ['', 'unknown'],
])('%s counts for %s', (address, network) => expect(networkOf(address)).toBe(network))

test('the addresses of two subscribers with IPv6 count apart', () => {
  expect(networkOf('2001:db8:0:1::1')).not.toBe(networkOf('2001:db8:0:2::1'))
})

test('proxies are addresses, ranges and names of ranges', () => {
  const isProxy = proxiesIn('10.0.0.0/8, loopback,2001:db8::1')
  expect(['10.1.2.3', '127.0.0.1', '2001:db8::1'].map((address) => isProxy?.(address))).toEqual([true, true, true])
  expect(['11.1.2.3', '2001:db8::2'].map((address) => isProxy?.(address))).toEqual([false, false])
})

test.each(['everybody', '10.0.0.0/99', '10.0.0.x', ''])('"%s" names no proxy', (list) => {
  expect(proxiesIn(list)).toBeUndefined()
})
