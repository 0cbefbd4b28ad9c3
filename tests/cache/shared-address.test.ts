import { expect, test } from 'vitest'
import { sharedAddress } from '#lib/cache/shared-address.ts'

test.each([
  ['/', '/', null],
  ['/?utm_source=x', '/', null],
  ['/stories/a', '/stories/a', 'a'],
  ['/stories/a?fbclid=1&utm_source=x', '/stories/a', 'a'],
  ['/stories/a?show=key&order=oldest', '/stories/a?order=oldest&show=key', 'a'],
  ['/stories/a?order=oldest&show=key', '/stories/a?order=oldest&show=key', 'a'],
  ['/stories/a?order=newest&show=all', '/stories/a', 'a'],
  ['/stories/a?show=junk', '/stories/a', 'a'],
  ['/stories/a?before=007', '/stories/a?before=7', 'a'],
  ['/stories/a?before=1&before=2', '/stories/a', 'a'],
  ['/stories/a?before=99999999999', '/stories/a', 'a'],
  ['/stories/a?at=2026-01-01T01:00:00%2B01:00', '/stories/a?at=2026-01-01T00%3A00%3A00.000Z', 'a'],
  ['/stories/f%6fo', '/stories/foo', 'foo'],
  ['/stories/s', '/stories/s', 's'],
  ['/stories/Foo', '/stories/-', '-'],
  ['/stories/%e2%80%8b/whole', '/stories/-/whole', '-'],
  ['/api/stories/%/updates', '/api/stories/-/updates', '-'],
  [`/stories/${'a'.repeat(101)}`, '/stories/-', '-'],
  ['/stories/a/whole?x', '/stories/a/whole', 'a'],
  ['/stories/a/corrections', '/stories/a/corrections', 'a'],
  ['/api/stories', '/api/stories', null],
  ['/api/stories/a', '/api/stories/a', 'a'],
  ['/api/stories/a?show=key&around=512&x=1', '/api/stories/a?around=512&show=key', 'a'],
  ['/api/stories/a?limit=20', '/api/stories/a', 'a'],
  ['/api/stories/a/events?after=3&epoch=1', '/api/stories/a/events?epoch=1&after=3', 'a'],
  ['/api/stories/a/updates?limit=5&before=9', '/api/stories/a/updates?before=9&limit=5', 'a'],
])('%s is answered as %s', (url, address, slug) => {
  expect(sharedAddress(url)).toEqual({ address, slug })
})

test.each([
  '/admin',
  '/api/account',
  '/api/stories/a/desk',
  '/api/stories/a/log',
  '/api/stories/a/archive',
  '/stories/a/search?q=b',
  '/stories/a/at/2026-01-01T00:00:00Z',
  '/stories/a/updates/b',
  '/api/stories/a?before=1&before=2',
  '/api/stories/a?show=junk',
  `/stories/${'a'.repeat(400)}`,
  '//stories/a',
  '/stories/',
  '/media/a/640.jpg',
])('%s is not', (url) => {
  expect(sharedAddress(url)).toBeNull()
})
