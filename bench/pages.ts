import { get, type IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openDatabase } from '#lib/db/open-database.ts'
import { openStore } from '#lib/db/store.ts'
import { ApiClient } from '../tests/api-client.ts'
import type { Belongings } from './belongings.ts'
import { type Child, startChild } from './child.ts'
import { writeLongStory } from './long-story.ts'
import { databaseOf, ownPlace, type Settings, startOurs } from './our-server.ts'
import { type Measured, numberOf, numbersOf, type Options } from './part.ts'
import type { BareHttp } from './processes/bare-http.ts'
import type { PageReaders } from './processes/page-readers.ts'
import { decimal, median } from './table.ts'

// How many story pages a second, of stories of several lengths: warm, over connections that are kept open, each asking again as soon as it
// is answered; and cold, the first request after a new event, one at a time. Beside it a bare server of Node that sends the same compressed
// bytes with the same headers; both are asked in turn, and the ratio is the median of the rounds'. 304s likewise, if the page has a tag.
//   npm run bench -- pages --sizes 20,50,500,5000 --rounds 5 --seconds 2 --connections 32

const root = fileURLToPath(new URL('..', import.meta.url))
const accept = { 'accept-encoding': 'br, gzip', accept: 'text/html' }
const coldRounds = 15

type Whole = { readonly status: number; readonly headers: string[]; readonly tag: string; readonly body: Buffer }
type Flood = Awaited<ReturnType<PageReaders['flood']>>

export async function pages(options: Options, own: Belongings): Promise<Measured> {
  const sizes = numbersOf(options, 'sizes', [20, 50, 500, 5_000])
  const { settings } = await ownPlace(databaseOf(options), own)
  await writeStories(sizes, settings)
  const server = await startOurs(settings, own)
  const editor = await ApiClient.signedIn(server.url)
  const load = startChild<PageReaders>('page-readers', own)
  const bare = startChild<BareHttp>('bare-http', own)
  const bareUrl = `http://127.0.0.1:${await bare.ask('listen')}/`
  const measure = {
    rounds: numberOf(options, 'rounds', 5),
    ms: numberOf(options, 'seconds', 2) * 1000,
    connections: numberOf(options, 'connections', 32),
  }

  /** One story: cold, then warm, then asked for by whoever has it. */
  const measureStory = async (size: number) => {
    const slug = slugOf(size)
    const url = `${server.url}/stories/${slug}`
    const cold: number[] = []
    for (let round = 0; round < coldRounds; round += 1) {
      const { status } = await editor.publish(slug, `The gauge at the old bridge, reading ${round}.`)
      if (status !== 201) throw new Error(`an update was answered with ${status}`)
      cold.push((await load.ask('once', url, accept)).ms)
    }
    const page = await fetchWhole(url, accept)
    const unchanged = page.tag === '' ? null : await fetchWhole(url, { ...accept, 'if-none-match': page.tag })
    const headersOf304 = unchanged?.status === 304 ? unchanged.headers : []
    await bare.ask('serve', { headers: page.headers, headersOf304, tag: page.tag, body: page.body })
    const warm = await inTurn(load, url, bareUrl, accept, measure)
    const conditional = headersOf304.length > 0 ? await inTurn(load, url, bareUrl, { ...accept, 'if-none-match': page.tag }, measure) : null
    return { size, bytes: page.body.length, cold, warm, conditional }
  }
  const results: Awaited<ReturnType<typeof measureStory>>[] = []
  for (const size of sizes) results.push(await measureStory(size))

  const speed = (size: number) => results.find((result) => result.size === size)?.warm
  const [long, short] = [speed(5_000), speed(50)]
  return {
    tables: [
      {
        title: 'Story pages',
        heads: ['updates', 'bytes', 'cold p50, ms', 'warm /s', 'p50 / p99, ms', 'bare /s', 'of bare', '304 /s', 'bare 304 /s', 'of bare'],
        rows: results.map(({ size, bytes, cold, warm, conditional }) => [
          size,
          bytes,
          decimal(median(cold)),
          decimal(warm.ours.perSecond, 0),
          `${decimal(warm.ours.p50)} / ${decimal(warm.ours.p99)}`,
          decimal(warm.bare.perSecond, 0),
          decimal(warm.ratio, 3),
          decimal(conditional?.ours.perSecond ?? Number.NaN, 0),
          decimal(conditional?.bare.perSecond ?? Number.NaN, 0),
          decimal(conditional?.ratio ?? Number.NaN, 3),
        ]),
      },
    ],
    figures: { stories: results, slowerAt5000ThanAt50: long && short ? short.ours.perSecond / long.ours.perSecond : null },
    wrong: results.flatMap(({ size, warm, conditional }) => [
      ...(warm.isAll(200) ? [] : [`not all pages of ${size} updates were answered with 200`]),
      ...(conditional?.isAll(304) === false ? [`not all pages of ${size} updates that hadn’t changed were answered with 304`] : []),
    ]),
  }
}

async function writeStories(sizes: readonly number[], { DATABASE_URL, STAYTUNED_DATA = '' }: Settings): Promise<void> {
  const store = await openStore(await openDatabase(DATABASE_URL, STAYTUNED_DATA), join(root, 'prisma/migrations'))
  for (const updates of sizes) await writeLongStory(store, { updates, slug: slugOf(updates) })
  await store.close()
}

function slugOf(updates: number): string {
  return `river-${updates}`
}

type Measure = { readonly rounds: number; readonly ms: number; readonly connections: number }

/** Ours and the bare one in turn; the first round warms them up. */
async function inTurn(
  load: Child<PageReaders>,
  url: string,
  bareUrl: string,
  headers: Readonly<Record<string, string>>,
  { rounds, ms, connections }: Measure,
) {
  const seen: { readonly ours: Flood; readonly bare: Flood }[] = []
  for (let round = -1; round < rounds; round += 1) {
    const ours = await load.ask('flood', url, headers, connections, ms)
    const bare = await load.ask('flood', bareUrl, headers, connections, ms)
    if (round >= 0) seen.push({ ours, bare })
  }
  const middle = (of: 'ours' | 'bare') => ({
    perSecond: median(seen.map((round) => round[of].perSecond)),
    p50: median(seen.map((round) => round[of].p50)),
    p99: median(seen.map((round) => round[of].p99)),
  })
  return {
    ours: middle('ours'),
    bare: middle('bare'),
    ratio: median(seen.map(({ ours, bare }) => ours.perSecond / bare.perSecond)),
    isAll: (status: number) => seen.every(({ ours, bare }) => [ours, bare].every(({ statuses }) => Object.keys(statuses).join() === String(status))),
  }
}

/** An answer as it was sent, still compressed; without what belongs to the connection, or is set by any server of Node. */
async function fetchWhole(url: string, headers: Readonly<Record<string, string>>): Promise<Whole> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => get(url, { headers }, resolve).on('error', reject))
  const parts: Buffer[] = []
  for await (const part of response) parts.push(part)
  const body = Buffer.concat(parts)
  const own = new Set(['date', 'connection', 'keep-alive', 'transfer-encoding', 'content-length'])
  const kept: string[] = []
  for (let index = 0; index < response.rawHeaders.length; index += 2) {
    const [name = '', value = ''] = response.rawHeaders.slice(index, index + 2)
    if (!own.has(name.toLowerCase())) kept.push(name, value)
  }
  const status = response.statusCode ?? 0
  return { status, headers: status === 304 ? kept : [...kept, 'Content-Length', String(body.length)], tag: response.headers.etag ?? '', body }
}
