import { expect, test } from 'vitest'
import { networkOf } from '#lib/limits/network.ts'

test.each([
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0db8:0001:0002::1', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['2001:db8:0:0:1::', '2001:db8:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['', ''],
  ['unknown', 'unknown'],
])('%s is of the network %s', (address, network) => {
  expect(networkOf(address)).toBe(network)
})

test('all addresses of one connection are one network', () => {
  const all = Array.from({ length: 500 }, (_, index) => networkOf(`2001:db8:1:2:${index.toString(16)}:9::${(index * 7).toString(16)}`))
  expect(new Set(all).size).toBe(1)
})
