import { type Arrivals, arrivals } from '../arrivals.ts'
import { now, pause } from '../clock.ts'
import { messages } from '../messages.ts'
import { type Crowd, type Followed, type RawReader, rawReader } from '../raw-reader.ts'
import { answerParent } from './answer-parent.ts'

// The process that the load comes from: crowds of raw readers, by name. What it says of a moment is on the clock that all share.

type Moments = { readonly arrivals: Arrivals; readonly readers: RawReader[]; lastReady: number }

const crowds = new Map<string, Crowd & Moments>()
const openingAtOnce = 100

function crowd(name: string): Crowd & Moments {
  const found = crowds.get(name)
  if (!found) throw new Error(`there is no crowd ${name}`)
  return found
}

function gather(name: string, followed: Followed): void {
  const noted = arrivals()
  const made: Crowd & Moments = {
    followed,
    messages: messages(),
    tally: { delivered: 0, doubled: 0, gaps: 0, overlaps: 0, bytes: 0, failures: 0 },
    arrivals: noted,
    readers: [],
    lastReady: 0,
    onArrived: noted.note,
    onReady() {
      made.lastReady = now()
    },
  }
  crowds.set(name, made)
}

async function until(isSo: () => boolean, withinMs: number): Promise<boolean> {
  const end = now() + withinMs
  while (!isSo() && now() < end) await pause(5)
  return isSo()
}

const answers = {
  gather,
  /** So many readers more that have everything up to number `after`; answered when all of them follow, false if they don't within a minute. */
  async connect(name: string, count: number, after: number) {
    const { readers, ...rest } = crowd(name)
    const begin = readers.length
    for (let opened = 0; opened < count; opened += openingAtOnce) {
      const some = Array.from({ length: Math.min(openingAtOnce, count - opened) }, () => rawReader(rest, after))
      readers.push(...some)
      for (const reader of some) reader.connect()
      await until(() => some.every((reader) => reader.isReady()), 10_000)
    }
    return until(() => readers.slice(begin).every((reader) => reader.isReady()), 60_000)
  },
  /** The oldest readers leave for good. */
  leave(name: string, count: number) {
    for (const reader of crowd(name).readers.splice(0, count)) reader.drop()
  },
  /** When an event came to each of them; fewer moments than readers if it didn't come to all in time. */
  arrivals: (name: string, seq: number, withinMs: number) => crowd(name).arrivals.of(seq, crowd(name).readers.length, withinMs),
  newestEvents: (name: string) => crowd(name).messages.newestEvents(),
  /** For so long each of them drops again and again, the first time at random, and comes back after so many ms. */
  async churn(name: string, everyMs: number, awayMs: number, forMs: number) {
    const end = now() + forMs
    const drops = crowd(name).readers.map(async (reader) => {
      let count = 0
      await pause(Math.random() * everyMs)
      while (now() < end) {
        reader.drop()
        count += 1
        await pause(awayMs)
        reader.connect()
        await pause(everyMs - awayMs)
      }
      return count
    })
    return (await Promise.all(drops)).reduce((sum, count) => sum + count, 0)
  },
  /** When the last of them began to follow, once all do and have everything up to that number; NaN if they don't in time. */
  async allAt(name: string, seq: number, withinMs: number) {
    const { readers } = crowd(name)
    const isSo = await until(() => readers.every((reader) => reader.isReady() && reader.at() >= seq), withinMs)
    return isSo ? crowd(name).lastReady : Number.NaN
  },
  /** What has come, to whom, and the CPU time of this process in ms. */
  report(name: string) {
    const { tally, readers } = crowd(name)
    const { user, system } = process.cpuUsage()
    return {
      ...tally,
      at: readers.map((reader) => reader.at()),
      ready: readers.filter((reader) => reader.isReady()).length,
      cpu: (user + system) / 1000,
    }
  },
}

export type ReadersProcess = typeof answers

answerParent(answers)
