import { ApiClient } from '../tests/api-client.ts'
import { type Belongings, belongings } from './belongings.ts'
import { type Child, startChild } from './child.ts'
import { now, pause } from './clock.ts'
import { startFullReaders } from './full-readers.ts'
import { databaseOf, ownPlace, residentKilobytes, startOurs } from './our-server.ts'
import { type Measured, numberOf, numbersOf, type Options } from './part.ts'
import type { BareBroadcast } from './processes/bare-broadcast.ts'
import type { ReadersProcess } from './processes/readers.ts'
import type { Followed } from './raw-reader.ts'
import { decimal, median, quantile, quantiles } from './table.ts'

// How soon an update is with all readers, beside two servers that broadcast the very same bytes and do nothing else: one with the `ws`
// library, one with Socket.IO. Their readers are connected at the same time and come from the same program; each update goes to ours, to
// the one and to the other, one after the other, so that whatever else the machine does hits all of them alike. Ratios are taken in each
// round, and their median is told.
//
// What is compared with what: ours writes to a database before it sends, which a broadcast doesn't; so what counts is the time from when
// the hub emits. That moment can't be seen from outside, and is told in two ways, for all three alike.
// - Spread: from the first reader's arrival to the last one's. The sockets are written to one after the other, so the first arrival is the
//   beginning: the bare servers tell when they emit, and how long before the first arrival that is. What a server does between emitting and
//   its first write is missing from it.
// - Emit to last: from the request to the last reader, less what the same request takes to the only reader of another story (or room), as
//   the median of the rounds tells it. What a server does before its first write is in it, as far as it grows with the readers. It is left
//   out where that median is known no better than to a tenth of what remains, as with few readers.
//
// Memory is the resident size of the process after a full collection, two seconds after the last reader has joined, less what it was before;
// 200 readers have come and gone by then, so that what any first reader costs isn't in it.
//   npm run bench -- fan-out --readers 1000,5000,10000 --updates 30 --database server

type Name = 'staytuned' | 'socket.io' | 'ws'

type Rival = {
  readonly name: Name
  readonly pid: number
  readonly load: Child<ReadersProcess>
  /** Sends an update, or what was sent by the first of them, to all or to the only reader of the other story. */
  send(to: 'all' | 'one', number: number, message: string): Promise<Answered>
  collect(): Promise<unknown>
}

/** When a request was answered; and when the server says that it began to emit, NaN if it doesn't. */
type Answered = { readonly answered: number; readonly emitted: number }

type Round = Answered & { readonly sent: number; readonly moments: Float64Array }

const warmUp = 3
const withinMs = 20_000
const fullReaders = 3
const settleMs = 2_000

export async function fanOut(options: Options, whole: Belongings): Promise<Measured> {
  const results = []
  for (const readers of numbersOf(options, 'readers', [1_000, 5_000, 10_000])) {
    const own = belongings()
    whole.add(own.dropAll)
    try {
      results.push(await measure(readers, numberOf(options, 'updates', 30), options, own))
    } finally {
      await own.dropAll()
    }
  }
  return {
    tables: [
      {
        title: 'Fan-out (ms)',
        heads: [
          'readers',
          'server',
          'publish → each p50 / p99',
          'publish → last p50 / p95 / max',
          '201 → last p50',
          'emit → first p50',
          'first → last p50',
          'emit → last p50',
          'deliveries/s',
          'bytes a delivery',
          'KB a reader',
          'lost / doubled / gaps',
          'CPU of the load, µs a delivery',
        ],
        rows: results.flatMap(({ rows }) => rows),
      },
      {
        title: 'Fan-out: ours against the bare ones (median of the ratios of each round)',
        heads: ['readers', 'against', 'first → last', 'emit → last', 'publish → last', 'memory a reader'],
        rows: results.flatMap(({ ratios }) => ratios),
      },
    ],
    figures: results.map(({ figures }) => figures),
    wrong: results.flatMap(({ wrong }) => wrong),
  }
}

async function measure(readers: number, updates: number, options: Options, own: Belongings) {
  const { settings } = await ownPlace(databaseOf(options), own)
  const server = await startOurs(settings, own)
  const editor = await ApiClient.signedIn(server.url)
  const [slug, aside] = [await editor.openStory(), await editor.openStory()]
  const publish = async (to: 'all' | 'one', number: number) => {
    const { status } = await editor.publish(
      to === 'all' ? slug : aside,
      `Update ${number}: the bridge stays closed until the engineers have looked at it.`,
    )
    if (status !== 201) throw new Error(`an update was answered with ${status}`)
    return { answered: now(), emitted: Number.NaN }
  }
  const rivals = [
    await enter({ name: 'staytuned', url: server.url, pid: server.pid, send: publish, collect: server.probe }, [slug, aside], readers, own),
    await enterBare('ws', [slug, aside], readers, own),
    await enterBare('socket.io', [slug, aside], readers, own),
  ] as const
  const full = await startFullReaders(server.url, slug, fullReaders, own)

  const rounds = new Map(rivals.map(({ name }) => [name, { all: [] as Round[], one: [] as Round[] }]))
  const cpu = await Promise.all(rivals.map(async ({ load }) => (await load.ask('report', 'all')).cpu))
  for (let number = 1; number <= warmUp + updates; number += 1) {
    const seq = number + 1
    const messages = { all: '', one: '' }
    for (const { name, load, send } of rivals) {
      for (const to of ['one', 'all'] as const) {
        const arrived = load.ask('arrivals', to, seq, withinMs)
        const sent = now()
        const answer = await send(to, number, messages[to])
        const moments = (await arrived).sort()
        if (name === 'staytuned') messages[to] = await load.ask('newestEvents', to)
        if (number > warmUp) rounds.get(name)?.[to].push({ ...answer, sent, moments })
        await pause(10)
      }
    }
  }
  const wrongViews = await full.wrong(10_000)

  const seen = await Promise.all(
    rivals.map(async ({ name, load, memory }, index) => {
      const report = await load.ask('report', 'all')
      const lost = report.at.reduce((sum, at) => sum + (updates + warmUp + 1 - at), 0)
      const { all = [], one = [] } = rounds.get(name) ?? {}
      const base = one.map(({ sent, moments }) => quantile(moments, 1) - sent)
      const sinceEmit = all.map(({ sent, moments }) => quantile(moments, 1) - sent - median(base))
      const emitToLast = isSteady(base, median(sinceEmit)) ? sinceEmit : []
      const emitToFirst = median(all.map(({ emitted, moments }) => quantile(moments, 0) - emitted))
      const spread = all.map(({ moments }) => quantile(moments, 1) - quantile(moments, 0))
      const last = all.map(({ sent, moments }) => quantile(moments, 1) - sent)
      const afterAnswer = all.map(({ answered, moments }) => quantile(moments, 1) - answered)
      const each = all.flatMap(({ sent, moments }) => [...moments].map((moment) => moment - sent))
      const perSecond = median(spread.map((ms) => (readers / ms) * 1000))
      const bytes = report.bytes / report.delivered
      const cpuMicroseconds = ((report.cpu - (cpu[index] ?? 0)) * 1000) / report.delivered
      return {
        name,
        memory,
        lost,
        doubled: report.doubled,
        gaps: report.gaps,
        emitToFirst,
        spread,
        emitToLast,
        last,
        afterAnswer,
        each,
        perSecond,
        bytes,
        cpuMicroseconds,
      }
    }),
  )
  const [ours, ...bare] = seen
  const ratio = (mine: readonly number[] = [], theirs: readonly number[] = []) =>
    median(mine.map((value, index) => value / (theirs[index] ?? Number.NaN)))
  const ratios = bare.map((other) => ({
    readers,
    against: other.name,
    spread: ratio(ours?.spread, other.spread),
    emitToLast: ratio(ours?.emitToLast, other.emitToLast),
    last: ratio(ours?.last, other.last),
    memory: (ours?.memory ?? Number.NaN) / other.memory,
  }))
  return {
    rows: seen.map((one) => [
      readers,
      one.name,
      quantiles(one.each, [0.5, 0.99]),
      quantiles(one.last, [0.5, 0.95, 1]),
      decimal(median(one.afterAnswer)),
      decimal(one.emitToFirst),
      decimal(median(one.spread)),
      decimal(median(one.emitToLast)),
      decimal(one.perSecond, 0),
      decimal(one.bytes, 0),
      decimal(one.memory),
      `${one.lost} / ${one.doubled} / ${one.gaps}`,
      decimal(one.cpuMicroseconds),
    ]),
    ratios: ratios.map(({ against, spread, emitToLast, last, memory }) => [
      readers,
      against,
      ...[spread, emitToLast, last, memory].map((value) => decimal(value, 2)),
    ]),
    figures: {
      readers,
      updates,
      servers: seen.map(({ each, ...rest }) => ({ ...rest, each: { p50: quantile(each, 0.5), p99: quantile(each, 0.99) } })),
      ratios,
      fullReaders: { count: fullReaders, wrong: wrongViews },
    },
    wrong: [
      ...seen
        .filter(({ lost, doubled, gaps }) => lost + doubled + gaps > 0)
        .map(({ name, lost, doubled, gaps }) => `${readers} readers of ${name}: ${lost} lost, ${doubled} doubled, ${gaps} out of order`),
      ...(wrongViews > 0 ? [`${wrongViews} of ${fullReaders} full readers have another view than they should`] : []),
    ],
  }
}

/** Whether the median of these is known to a tenth of that. */
function isSteady(values: readonly number[], of: number): boolean {
  const error = (1.57 * (quantile(values, 0.75) - quantile(values, 0.25))) / Math.sqrt(values.length)
  return error < of / 10
}

async function enterBare(name: 'ws' | 'socket.io', rooms: readonly [string, string], readers: number, own: Belongings) {
  const server = startChild<BareBroadcast>(`bare-${name.replace('.', '-')}`, own)
  const url = `http://127.0.0.1:${await server.ask('listen')}`
  const broadcast = async (to: 'all' | 'one', _: number, message: string) => {
    const response = await fetch(`${url}/${to === 'all' ? rooms[0] : rooms[1]}`, { method: 'POST', body: message })
    const emitted = Number(await response.text())
    return { answered: now(), emitted }
  }
  return enter({ name, url, pid: server.pid, send: broadcast, collect: () => server.ask('collect') }, rooms, readers, own)
}

/** Connects the readers of one server, and answers what each of them costs it in KB. */
async function enter(
  server: Omit<Rival, 'load'> & { readonly url: string },
  [room, aside]: readonly [string, string],
  readers: number,
  own: Belongings,
): Promise<Rival & { memory: number }> {
  const load = startChild<ReadersProcess>('readers', own)
  const followed = (story: string): Followed => ({ url: server.url, by: server.name, room: story })
  const resident = async () => {
    await pause(settleMs)
    await server.collect()
    return residentKilobytes(server.pid)
  }
  await load.ask('gather', 'first', followed(room))
  await load.ask('connect', 'first', 200, 1)
  await load.ask('leave', 'first', 200)
  await load.ask('gather', 'one', followed(aside))
  await load.ask('connect', 'one', 1, 1)
  const before = await resident()
  await load.ask('gather', 'all', followed(room))
  if (!(await load.ask('connect', 'all', readers, 1))) throw new Error(`not all of ${readers} readers could follow ${server.name}`)
  return { ...server, load, memory: ((await resident()) - before) / readers }
}
