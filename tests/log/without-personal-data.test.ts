import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { shownPath } from '#lib/log/shown-path.ts'
import { withoutPersonalData } from '#lib/log/without-personal-data.ts'

const label = fc.stringMatching(/^[a-z0-9]{1,10}$/)
const address = fc.tuple(fc.stringMatching(/^[a-zäöü0-9][a-z0-9.+_-]{0,20}$/), label, label).map(([person, host, top]) => `${person}@${host}.${top}`)
const token = fc.stringMatching(/^[A-Za-z0-9_-]{43}$/)
// Lines of a mail server, of an error's stack, of whatever: what stands around an address can be anything.
const around = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('\n', '\t', '\\', '"', '<', '550 5.1.1 <', '\u0001', ' '))

describe('a line of the log', () => {
  test.prop([around, address, around])('names nobody, and can be read all the same', (before, found, after) => {
    const line = withoutPersonalData(JSON.stringify({ msg: `${before} ${found} ${after}`, next: `${before}${found}` }))
    expect(line).not.toContain(found)
    expect(Object.keys(JSON.parse(line))).toEqual(['msg', 'next'])
  })

  test.prop([token])('has no link in it that lets somebody in', (secret) => {
    for (const page of ['invitation', 'reset']) {
      expect(withoutPersonalData(`{"msg":"see https://live.example.org/admin/${page}/${secret}"}`)).not.toContain(secret)
    }
  })

  test.prop([fc.string().filter((text) => !/@|invitation|reset/.test(text))])('is otherwise as it was', (text) => {
    const line = JSON.stringify({ msg: text })
    expect(withoutPersonalData(line)).toBe(line)
  })
})

describe('the path of a request', () => {
  test.each([
    ['/', '/'],
    ['/stories/bridge-closed?at=12', '/stories/bridge-closed'],
    ['/api/stories/bridge/updates/0199e0a4-7c1e-7b32-8f6e-2f1f6f3b1a11', '/api/stories/bridge/updates/0199e0a4-7c1e-7b32-8f6e-2f1f6f3b1a11'],
    ['/media/0199e0a4-7c1e-7b32-8f6e-2f1f6f3b1a11/640.webp#top', '/media/0199e0a4-7c1e-7b32-8f6e-2f1f6f3b1a11/640.webp'],
    ['/admin/invitation/abcdef', '/admin/invitation/*'],
    ['/admin/reset/abcdef?x', '/admin/reset/*'],
    ['/api/people/ann@example.org', '/api/people/*'],
    ['/api/people/Xk29fQ', '/api/people/*'],
    ['/ann%40example.org', '/*'],
  ])('%s is shown as %s', (url, shown) => {
    expect(shownPath(url)).toBe(shown)
  })

  test.prop([token, fc.webPath()])('shows no token, wherever it stands', (secret, rest) => {
    fc.pre(/[A-Z]/.test(secret))
    expect(shownPath(`/anything/${secret}${rest}?token=${secret}`)).not.toContain(secret)
  })
})
