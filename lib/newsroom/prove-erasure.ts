import type { Media } from '#lib/media/media.ts'
import type { Channel, ChannelCheck, ErasureStep } from '#lib/story/erasure.ts'
import { pictureFormats, picturePath, pictureWidths } from '#lib/story/picture.ts'
import { isTraced, textsOf, tracesOf } from '#lib/story/traces.ts'
import type { ErasedHistory } from './erase-history.ts'
import type { Newsroom } from './newsroom.ts'
import { removeErasedPictures } from './remove-erased-pictures.ts'

export type Prover = {
  readonly newsroom: Newsroom
  readonly media: Media
  /** What this server answers at a path, to any reader or to whoever asked for the erasure. */
  readonly ask: (path: string, as: 'reader' | 'desk') => Promise<{ readonly status: number; readonly text: string }>
}

/** How long processes are given to say what they have in memory, in ms. */
const processesWithinMs = 5_000
/** So many answers are asked for at once. */
const askedAtOnce = 4
/** No more moments are looked at than this, and no more words searched for. */
const mostMoments = 60
const mostWords = 12

const longWord = /\p{L}{5,40}/gu

/**
 * Takes what was erased out of the files too, then looks for it, sentence by sentence, wherever it could still be: it asks this very
 * server as readers and the desk do, asks every process, and reads all rows. Tells each step as it is done; the last, which the audit
 * log keeps, is in how many channels nothing was found. A few dozen requests, one for each hundred updates, and every row of the story.
 */
export async function* proveErasure(prover: Prover, erased: ErasedHistory): AsyncGenerator<ErasureStep, void, undefined> {
  const { newsroom, media } = prover
  const begun = performance.now()
  const { seq, events, pictures } = erased
  yield { kind: 'erased', seq, events: events.length, pictures: pictures.gone.length, picturesKept: pictures.kept.length }
  await removeErasedPictures(newsroom, media)
  await newsroom.store.erasures.rewrite()
  const checks: ChannelCheck[] = []
  for await (const check of checkChannels(prover, erased)) {
    checks.push(check)
    yield check
  }
  const left = checks.filter((check) => check.left.length > 0).map(({ channel }) => channel)
  const proof = { gone: checks.length - left.length, of: checks.length, ms: Math.round(performance.now() - begun) }
  await newsroom.store.writeStory(erased.slug, (log) => {
    const { id, headline } = log.now.story
    const subject = { type: 'story' as const, id, label: headline }
    return log.note({ at: newsroom.now(), actor: erased.by, action: 'erasure-checked', subject, detail: { seq, ...proof, left: left.join(', ') } })
  })
  yield { kind: 'proof', ...proof }
}

async function* checkChannels(prover: Prover, erased: ErasedHistory): AsyncGenerator<ChannelCheck, void, undefined> {
  const payloads = erased.events.map(({ payload }) => payload)
  const traces = tracesOf(payloads)
  const { slug } = erased
  const page = `/stories/${slug}`
  const api = `/api/stories/${slug}`
  const look = (channel: Channel, paths: readonly string[], as: 'reader' | 'desk' = 'reader') => lookAt(prover, channel, paths, as, traces)

  yield await look('page', ['/', page, `${page}?order=oldest`, `${page}?show=key`, `${page}/whole`, `${page}/corrections`])
  const links = erased.updates.flatMap((id) => [`${page}/updates/${id}`, `${api}/updates/${id}`])
  yield await gone(prover, 'permalink', links)
  yield await look('asOf', momentsOf(erased))
  yield await look('api', ['/api/stories', api, ...erased.updates.map((id) => `${page}?around=${id}`)])
  yield await look('events', [...(await partsOfLog(prover, erased)), `${api}/changes?after=0`, `${api}/log`])
  yield await look('older', await partsOfTimeline(prover, erased))
  yield await look('search', searchesFor(slug, payloads))
  yield await look(
    'desk',
    [`${api}/desk`, `/api/audit?story=${slug}&limit=200`, '/api/media', ...erased.updates.map((id) => `${api}/updates/${id}/history`)],
    'desk',
  )
  yield await gone(prover, 'media', erased.pictures.gone.flatMap(renditionsOf))
  yield await askProcesses(prover, erased)
  yield await readRows(prover, erased, traces)
}

/** Asks for each, and keeps the addresses that something of it is at, or that couldn't be looked at. */
async function lookAt(
  prover: Prover,
  channel: Channel,
  paths: readonly string[],
  as: 'reader' | 'desk',
  traces: readonly string[],
): Promise<ChannelCheck> {
  const found = await each(paths, async (path) => {
    const { status, text } = await prover.ask(path, as)
    const isClear = (status === 200 || status === 404) && !isTraced(traces, text)
    return isClear ? [] : [addressTold(path, status)]
  })
  return { kind: 'checked', channel, looked: paths.length, left: found.flat() }
}

/** What was searched for isn't told. */
function addressTold(path: string, status: number): string {
  const [address = '', query] = path.split('?')
  const told = query === undefined || query.startsWith('q=') ? address : path
  return status === 200 || status === 404 ? told : `${told} (${status})`
}

/** Where nothing at all may be found. */
async function gone(prover: Prover, channel: Channel, paths: readonly string[]): Promise<ChannelCheck> {
  const found = await each(paths, async (path) => {
    const { status } = await prover.ask(path, 'reader')
    return status === 404 ? [] : [`${path} (${status})`]
  })
  return { kind: 'checked', channel, looked: paths.length, left: found.flat() }
}

async function each<Answer>(paths: readonly string[], work: (path: string) => Promise<Answer>): Promise<Answer[]> {
  const answers: Answer[] = []
  for (let first = 0; first < paths.length; first += askedAtOnce) {
    answers.push(...(await Promise.all(paths.slice(first, first + askedAtOnce).map(work))))
  }
  return answers
}

/** The story as it stood when each of the events had just happened, at the place of what it was about; compared, and played back. */
function momentsOf({ slug, events }: ErasedHistory): string[] {
  const page = `/stories/${slug}`
  const at = events.slice(0, mostMoments).map((event) => {
    const { update } = event.payload as { update?: { seq: number } }
    return `${page}/at/${event.at.toISOString()}${update ? `?before=${update.seq + 1}` : ''}`
  })
  const [first] = events
  return [...new Set(at), ...(first ? [`${page}/compare?from=${new Date(first.at.getTime() - 1).toISOString()}`] : []), `${page}/replay`]
}

/** The answers to somebody who asks for all events, from the first on. */
async function partsOfLog({ ask }: Prover, { slug, storyId: _ }: ErasedHistory): Promise<string[]> {
  const paths: string[] = []
  const path = (epoch: number, after: number) => `/api/stories/${slug}/events?epoch=${epoch}&after=${after}`
  const view = fieldsOf((await ask(`/api/stories/${slug}`, 'reader')).text)
  let after = 0
  while (typeof view.epoch === 'number' && typeof view.head === 'number' && after < view.head) {
    const asked = path(view.epoch, after)
    paths.push(asked)
    const { events } = fieldsOf((await ask(asked, 'reader')).text)
    const last: unknown = Array.isArray(events) ? events.at(-1)?.seq : undefined
    if (typeof last !== 'number') break
    after = last
  }
  return paths
}

/** The whole timeline part by part, and the pages that readers would have of what was at the place of each update. */
async function partsOfTimeline({ ask }: Prover, { slug, events }: ErasedHistory): Promise<string[]> {
  const paths: string[] = []
  let next: unknown = `${Number.MAX_SAFE_INTEGER}`
  while (typeof next === 'string') {
    const path: string = `/api/stories/${slug}/updates?limit=100${paths.length === 0 ? '' : `&before=${next}`}`
    paths.push(path)
    next = fieldsOf((await ask(path, 'reader')).text).next
  }
  const places = new Set(events.flatMap(({ payload }) => (payload as { update?: { seq: number } }).update?.seq ?? []))
  return [...paths, ...Array.from(places, (seq) => `/stories/${slug}?before=${seq + 1}`)]
}

function fieldsOf(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}

/** A search for each of the longest words: what is found by one must not hold the sentence that it was in. */
function searchesFor(slug: string, payloads: readonly unknown[]): string[] {
  const words = new Set(textsOf(payloads).flatMap((text) => text.match(longWord) ?? []))
  const longest = [...words].sort((one, other) => other.length - one.length)
  return longest.slice(0, mostWords).map((word) => `/stories/${slug}/search?${new URLSearchParams({ q: word })}`)
}

function renditionsOf(pictureId: string): string[] {
  return pictureWidths.flatMap((width) => pictureFormats.map((format) => `${picturePath(pictureId)}/${width}.${format}`))
}

async function askProcesses({ newsroom: { store } }: Prover, { slug, storyId }: ErasedHistory): Promise<ChannelCheck> {
  const epoch = (await store.story(slug))?.epoch ?? 0
  const { expected, answers } = await store.erasures.ask(storyId, processesWithinMs)
  const silent = Array.from({ length: Math.max(expected - answers.length, 0) }, () => 'no answer')
  const behind = answers.flatMap((answer) => (answer.epoch !== null && answer.epoch < epoch ? [answer.process] : []))
  return { kind: 'checked', channel: 'processes', looked: expected, left: [...silent, ...behind] }
}

/** Every row that there is of the story, and how many of each table have something of it. */
async function readRows({ newsroom: { store } }: Prover, { storyId }: ErasedHistory, traces: readonly string[]): Promise<ChannelCheck> {
  let looked = 0
  const found = new Map<string, number>()
  for await (const { table, row } of store.erasures.rows(storyId)) {
    looked += 1
    if (isTraced(traces, row)) found.set(table, (found.get(table) ?? 0) + 1)
  }
  return { kind: 'checked', channel: 'database', looked, left: Array.from(found, ([table, count]) => `${table} (${count})`) }
}
