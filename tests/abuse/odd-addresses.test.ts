import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ApiClient } from '../api-client.ts'
import { anyKind } from '../databases.ts'
import { effort } from '../effort.ts'
import { type OwnSettings, ownSettings } from '../own-settings.ts'
import { type RunningServer, startServer } from '../running-server.ts'

// Every address of the API and of the pages, with what no link has where a name, a number or words should be: an answer says what is
// wrong, and none that something went wrong here.

/** As they stand in an address. */
const odd = {
  'a NUL': '%00',
  'a NUL in between': 'a%00b',
  'bytes that are no text': '%ff%fe',
  'half of a surrogate pair': '%ed%a0%80',
  'a percent sign alone': '%',
  'a way up': '..%2f..%2fetc%2fpasswd',
  'a number that is too large': '99999999999999999999999999',
  'a sign of no width': '%e2%80%8b',
  'a quote': '%27%22%3b--',
  '5,000 letters': 'x'.repeat(5_000),
}

/** One of each kind; the others differ in how they are written. */
const usual = ['a NUL', 'half of a surrogate pair', 'a sign of no width', 'a number that is too large', '5,000 letters']
const tried = effort(
  Object.entries(odd).filter(([name]) => usual.includes(name)),
  Object.entries(odd),
)

type Operation = { parameters?: { name: string; in: string }[] }

describe('an address with what nobody links to', () => {
  let own: OwnSettings
  let server: RunningServer
  let admin: ApiClient
  let slug = ''

  beforeAll(async () => {
    own = await ownSettings(anyKind)
    server = await startServer(own.settings)
    admin = await ApiClient.signedIn(server.url)
    slug = await admin.openStory()
    await admin.publish(slug, 'The quay is dry.')
  })
  afterAll(async () => {
    await server?.stop()
    await own?.drop()
  })

  /** Each way to write something odd into the path, and then, with an address as it should be, into the query. */
  async function addresses(value: string): Promise<{ method: string; address: string }[]> {
    const { paths } = (await admin.send('GET', '/api/openapi.json')).body as { paths: Record<string, Record<string, Operation>> }
    const pages = ['', '/whole', '/corrections', '/at', '/at/{time}', '/compare', '/replay', '/search', '/updates/{id}']
    const ofPages: [string, Record<string, Operation>][] = pages.map((page) => [
      `/stories/{slug}${page}`,
      { get: { parameters: ['order', 'show', 'before', 'after', 'around', 'at', 'q', 'from', 'to'].map((name) => ({ name, in: 'query' })) } },
    ])
    const fill = (path: string, given: Record<string, string>) => path.replace(/\{(\w+)\}/g, (_, name: string) => given[name] ?? nothingHere)
    const others = ['/admin/stories/{slug}', '/media/{id}/{name}'].map((path): (typeof ofPages)[number] => [path, { get: {} }])
    return [...Object.entries(paths), ...ofPages, ...others].flatMap(([path, methods]) =>
      Object.entries(methods).flatMap(([method, { parameters = [] }]) => {
        const names = Array.from(path.matchAll(/\{(\w+)\}/g), ([, name = '']) => name)
        const inPath = names.map((name) => fill(path, { slug, [name]: value }))
        const queries = parameters.filter((parameter) => parameter.in === 'query')
        const inQuery = queries.map(({ name }) => `${fill(path, { slug })}?${name}=${value}`)
        return [...inPath, ...inQuery].map((address) => ({ method: method.toUpperCase(), address }))
      }),
    )
  }

  test.each(tried)('%s', async (_, value) => {
    const failed: string[] = []
    for (const { method, address } of await addresses(value)) {
      const { status } = await fetch(`${server.url}${address}`, {
        method,
        redirect: 'manual',
        headers: { cookie: admin.cookie, 'content-type': 'application/json', 'if-match': '1' },
        ...(method === 'GET' ? {} : { body: '{}' }),
      })
      if (status >= 500) failed.push(`${method} ${address.slice(0, 100)} ${status}`)
    }
    expect(failed).toEqual([])
    expect(server.output()).not.toContain('request failed')
  })

  test('a story that is still a draft is answered like one that doesn’t exist, wherever strangers may ask', async () => {
    const draft = await admin.openStory({ status: 'draft' })
    const pages = ['', '/whole', '/corrections', '/at', '/at/2030-01-01T00:00:00Z', '/compare', '/replay', '/search?q=a', `/updates/${nothingHere}`]
    const calls = ['', '/updates', '/events?epoch=1&after=0', '/changes?epoch=1&after=0', '/log', `/updates/${nothingHere}`]
    const paths = (name: string) => [...pages.map((page) => `/stories/${name}${page}`), ...calls.map((call) => `/api/stories/${name}${call}`)]
    const answers = async (name: string) =>
      Promise.all(paths(name).map(async (path) => (await fetch(server.url + path, { redirect: 'manual' })).status))
    const found = await answers(draft)
    expect(found).toEqual(await answers('nowhere'))
    expect(new Set(found)).toEqual(new Set([404]))
  })
})

const nothingHere = '01900000-0000-7000-8000-000000000000'
