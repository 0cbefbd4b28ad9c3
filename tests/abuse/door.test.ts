import { describe, expect, test } from 'vitest'
import { refusedAtDoor } from '#lib/http/door.ts'

const asked = (method: string, url: string) => refusedAtDoor({ method, url }, false)?.status ?? 'let in'

describe('at the door', () => {
  test.each([
    ['GET', 'http://evil.example/', 400],
    ['GET', '*', 400],
    ['GET', '/stories/a/search?q=%00', 400],
    ['GET', '/stories/%00', 404],
    ['GET', '/stories/%ff', 404],
    ['GET', '/stories/%', 404],
    ['GET', '/_next/image?url=%2Fmedia%2Fa%2F640.jpg&w=640&q=75', 404],
    ['GET', '/_next/data/x/stories/a.json', 404],
    ['GET', '/_global-error', 404],
    ['GET', '/%5Fglobal-error', 404],
    ['GET', '/%5fnext/image?url=a', 404],
    ['GET', '/__nextjs_source-map?filename=a', 404],
    ['POST', '/stories/a', 405],
    ['PROPFIND', '/', 405],
    ['PUT', '/media/a/640.jpg', 405],
    ['GET', `/stories/${'a'.repeat(5_000)}`, 414],
  ])('%s %s is answered with %s', (method, url, status) => {
    expect(asked(method, url)).toBe(status)
  })

  test.each([
    ['GET', '/'],
    ['HEAD', '/stories/a'],
    ['GET', '/stories/a/at/2026-01-01T00%3A00%3A00Z?before=4'],
    ['GET', '/stories/a/search?q=%D1%80%D0%B5%D0%BA%D0%B0%20%25'],
    ['GET', '/_next/static/chunks/a.js'],
    ['POST', '/api/stories'],
    ['DELETE', '/api/account/sessions/x'],
  ])('%s %s is let in', (method, url) => {
    expect(asked(method, url)).toBe('let in')
  })

  test('Next’s own addresses are open while it is developed with', () => {
    expect(refusedAtDoor({ method: 'GET', url: '/_next/webpack-hmr' }, true)).toBeNull()
  })
})
