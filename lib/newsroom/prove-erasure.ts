import type { ErasedEvent } from '#lib/db/erase-history.ts'
import type { StoredStory } from '#lib/db/rows.ts'
import type { Media } from '#lib/media/media.ts'
import type { Channel, ChannelCheck, ErasureStep } from '#lib/story/erasure.ts'
import { fieldsOf } from '#lib/story/fields.ts'
import { mostCaughtUp } from '#lib/story/merge.ts'
import { pictureFormats, picturePath, pictureWidths } from '#lib/story/picture.ts'
import { partOf } from '#lib/story/story-part.ts'
import { isTraced, tracesOf } from '#lib/story/traces.ts'
import type { ErasedHistory } from './erase-history.ts'
import { finishErasures } from './finish-erasures.ts'
import type { Newsroom } from './newsroom.ts'

export type Prover = {
  readonly newsroom: Newsroom
  readonly media: Media
  /** What this server answers at a path, to any reader or to whoever asked for the erasure. */
  readonly ask: (path: string, as: 'reader' | 'desk') => Promise<{ readonly status: number; readonly text: string }>
  readonly report: (what: string, error: unknown) => void
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
 * log keeps, is in how many of the channels that had something to look at nothing was found. A few dozen requests, one for each hundred
 * updates, and every row of the story.
 */
export async function* proveErasure(prover: Prover, erased: ErasedHistory): AsyncGenerator<ErasureStep, void, undefined> {
  const { newsroom, report } = prover
  const begun = performance.now()
  const { seq, slug, events, pictures } = erased
  yield { kind: 'erased', seq, events: events.length, pictures: pictures.gone.length, picturesKept: pictures.kept.length }
  const checks: ChannelCheck[] = []
  let isOver = false
  try {
    for await (const check of checkChannels(prover, erased, await finish(prover))) {
      checks.push(check)
      yield check
    }
    isOver = true
  } catch (error) {
    // What was erased is: what is missing is the proof.
    report(`an erasure in ${slug} could not be proved`, error)
  }
  const looked = checks.filter((check) => check.looked > 0 || check.left.length > 0)
  const left = looked.filter((check) => check.left.length > 0).map(({ channel }) => channel)
  const proof = { gone: looked.length - left.length, of: looked.length, ms: Math.round(performance.now() - begun) }
  await newsroom.store.writeStory(slug, (log) => {
    const { id, headline } = log.now.story
    const subject = { type: 'story' as const, id, label: headline }
    const detail = { seq, ...proof, left: left.join(', '), ...(isOver ? {} : { reason: 'broken off' }) }
    return log.note({ at: newsroom.now(), actor: erased.by, action: 'erasure-checked', subject, detail })
  })
  yield isOver ? { kind: 'proof', ...proof } : { kind: 'unproven' }
}

/** Whether the files are done; if not, it is tried again each minute. */
async function finish({ newsroom, media, report }: Prover): Promise<boolean> {
  try {
    await finishErasures(newsroom, media)
    return true
  } catch (error) {
    report('an erasure could not be finished in the files', error)
    return false
  }
}

async function* checkChannels(prover: Prover, erased: ErasedHistory, isFinished: boolean): AsyncGenerator<ChannelCheck, void, undefined> {
  const { slug, updates, words, pictures } = erased
  const stored = await prover.newsroom.store.story(slug)
  if (!stored) return
  const traces = tracesOf(words)
  const page = `/stories/${slug}`
  const api = `/api/stories/${slug}`
  const look = (channel: Channel, paths: readonly string[], as: 'reader' | 'desk' = 'reader') => lookAt(prover, channel, paths, as, traces)

  const around = updates.map((id) => `${page}?around=${id}`)
  const parts = Array.from(new Set([1, ...placesOf(erased).map(partOf)]), (part) => `${page}/whole?part=${part}`)
  yield await look('page', ['/', page, `${page}?order=oldest`, `${page}?show=key`, ...parts, `${page}/corrections`, ...around])
  const links = updates.flatMap((id) => [`${page}/updates/${id}`, `${api}/updates/${id}`])
  yield await lookAt(prover, 'permalink', links, 'reader', null)
  yield await look('asOf', momentsOf(erased))
  yield await look('api', ['/api/stories', api])
  yield await look('events', [...partsOfLog(stored), `${api}/log`])
  yield await look('older', await partsOfTimeline(prover, erased))
  yield await look('search', searchesFor(slug, words))
  const histories = updates.map((id) => `${api}/updates/${id}/history`)
  yield await look('desk', [`${api}/desk`, `/api/audit?story=${slug}&limit=200`, '/api/media', ...histories], 'desk')
  // First those that may have made renditions of their own.
  yield await askProcesses(prover, erased, stored.epoch)
  yield await lookAt(prover, 'media', pictures.gone.flatMap(renditionsOf), 'reader', null)
  yield await readRows(prover, erased, traces, isFinished)
}

/**
 * Asks for each, and keeps the addresses that something of it is at, or that couldn't be looked at. Without traces nothing at all may
 * be there.
 */
async function lookAt(
  prover: Prover,
  channel: Channel,
  paths: readonly string[],
  as: 'reader' | 'desk',
  traces: readonly string[] | null,
): Promise<ChannelCheck> {
  // Where nothing tells, nothing can be found.
  if (traces?.length === 0) return { kind: 'checked', channel, looked: 0, left: [] }
  const left: string[] = []
  for (let first = 0; first < paths.length; first += askedAtOnce) {
    const found = paths.slice(first, first + askedAtOnce).map(async (path) => {
      const { status, text } = await prover.ask(path, as)
      const isClear = status === 404 || (traces !== null && status === 200 && !isTraced(traces, text))
      return isClear ? [] : [addressTold(path, status)]
    })
    left.push(...(await Promise.all(found)).flat())
  }
  return { kind: 'checked', channel, looked: paths.length, left: [...new Set(left)] }
}

/** What was searched for isn't told. */
function addressTold(path: string, status: number): string {
  const [address = '', query] = path.split('?')
  const told = query === undefined || query.startsWith('q=') ? address : path
  return status === 200 || status === 404 ? told : `${told} (${status})`
}

/** The story as it stood when each of the events had just happened, at the place of what it was about; compared, and played back. */
function momentsOf({ slug, events }: ErasedHistory): string[] {
  const page = `/stories/${slug}`
  const at = events.slice(0, mostMoments).map((event) => {
    const place = placeOf(event)
    return `${page}/at/${event.at.toISOString()}${place === null ? '' : `?before=${place + 1}`}`
  })
  const [first] = events
  const from = first ? new Date(first.at.getTime() - 1).toISOString() : ''
  // A comparison shows what its updates were at last, from the latest change down: that of each event is at the beginning of a page.
  const compared = events.slice(0, mostMoments).map(({ seq }) => `${page}/compare?from=${from}&before=${seq + 1}`)
  return [...new Set(at), ...(first ? [`${page}/compare?from=${from}`, ...compared] : []), `${page}/replay`]
}

/** The place in the timeline of the update that an event was about. */
function placeOf({ payload }: ErasedEvent): number | null {
  const { update } = fieldsOf(payload)
  const { seq } = fieldsOf(update)
  return typeof seq === 'number' ? seq : null
}

/** The places in the timeline of all updates that were erased, each once. */
function placesOf({ events }: ErasedHistory): number[] {
  return [...new Set(events.flatMap((event) => placeOf(event) ?? []))]
}

/** Where somebody is answered who asks for events: as many as a page that was away may ask for at once, and since it came up. */
function partsOfLog({ story: { slug }, epoch, head, publicFrom }: StoredStory): string[] {
  const starts = [Math.max(publicFrom, head - mostCaughtUp), Math.max(head - 1, 0)]
  return starts.flatMap((after) => [
    `/api/stories/${slug}/events?epoch=${epoch}&after=${after}`,
    `/api/stories/${slug}/changes?epoch=${epoch}&after=${after}`,
  ])
}

/** The whole timeline part by part, and the pages that readers would have of what was at the place of each update. */
async function partsOfTimeline({ ask }: Prover, erased: ErasedHistory): Promise<string[]> {
  const { slug } = erased
  const paths: string[] = []
  let path: string | null = `/api/stories/${slug}/updates?limit=100`
  while (path !== null) {
    paths.push(path)
    const { next } = fieldsIn((await ask(path, 'reader')).text)
    path = typeof next === 'string' ? `/api/stories/${slug}/updates?limit=100&before=${next}` : null
  }
  return [...paths, ...placesOf(erased).map((seq) => `/stories/${slug}?before=${seq + 1}`)]
}

function fieldsIn(text: string): Readonly<Record<string, unknown>> {
  try {
    return fieldsOf(JSON.parse(text))
  } catch {
    return {}
  }
}

/** A search for each of the longest words: what is found by one must not hold the sentence that it was in. */
function searchesFor(slug: string, texts: readonly string[]): string[] {
  const words = new Set(texts.flatMap((text) => text.match(longWord) ?? []))
  const longest = [...words].sort((one, other) => other.length - one.length)
  return longest.slice(0, mostWords).map((word) => `/stories/${slug}/search?${new URLSearchParams({ q: word })}`)
}

/** Ours, and what Next would make of one of them: it keeps pictures of its own, and is never to be asked. */
function renditionsOf(pictureId: string): string[] {
  const own = pictureWidths.flatMap((width) => pictureFormats.map((format) => `${picturePath(pictureId)}/${width}.${format}`))
  return [...own, ...own.slice(0, 1).map((url) => `/_next/image?${new URLSearchParams({ url, w: '640', q: '75' })}`)]
}

async function askProcesses({ newsroom: { store } }: Prover, { storyId, pictures }: ErasedHistory, epoch: number): Promise<ChannelCheck> {
  const { expected, answers } = await store.erasures.ask(storyId, pictures.gone, processesWithinMs)
  const silent = expected > answers.length ? [`${expected - answers.length} without an answer`] : []
  const behind = answers.flatMap((answer) => (answer.epoch !== null && answer.epoch < epoch ? [answer.process] : []))
  return { kind: 'checked', channel: 'processes', looked: expected, left: [...silent, ...behind] }
}

/** Every row that there is of the story and of the pictures, and how many of each table have something of it. */
async function readRows(
  { newsroom: { store } }: Prover,
  { storyId, pictures }: ErasedHistory,
  traces: readonly string[],
  isFinished: boolean,
): Promise<ChannelCheck> {
  let looked = 0
  const found = new Map<string, number>()
  for await (const { table, row } of store.erasures.rows(storyId, [...pictures.gone, ...pictures.kept])) {
    looked += 1
    if (isTraced(traces, row)) found.set(table, (found.get(table) ?? 0) + 1)
  }
  const left = [...Array.from(found, ([table, count]) => `${table} (${count})`), ...(isFinished ? [] : ['files, to be tried again each minute'])]
  return { kind: 'checked', channel: 'database', looked: traces.length === 0 ? 0 : looked, left }
}
