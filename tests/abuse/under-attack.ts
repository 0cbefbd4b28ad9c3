import { readFileSync } from 'node:fs'
import { io } from 'socket.io-client'
import { expect } from 'vitest'
import type { ApiClient } from '../api-client.ts'
import type { RunningServer } from '../running-server.ts'
import { from } from './from.ts'

/**
 * What nobody else may notice of an attack: how much longer it all takes than without one, in ms, and what the process takes, in bytes.
 * A machine on which it takes long without one is given three times that more.
 */
export const budget = { deliveryMs: 500, healthMs: 500, readMs: 500, memoryBytes: 700 * 1024 ** 2 }

export type Noticed = {
  readonly deliveryMs: number
  readonly healthMs: number
  /** Readers of other networks who were refused a page. */
  readonly refused: number
  readonly memoryBytes: number
  readonly lost: number
  readonly quietMs: number
}

export function expectUnnoticed({ lost, refused, deliveryMs, healthMs, memoryBytes, quietMs }: Noticed): void {
  expect({ lost, refused }).toEqual({ lost: 0, refused: 0 })
  expect(deliveryMs).toBeLessThan(budget.deliveryMs + 3 * quietMs)
  expect(healthMs).toBeLessThan(budget.healthMs + 3 * quietMs)
  expect(memoryBytes).toBeLessThan(budget.memoryBytes)
}

/** The slowest one in twenty isn't counted: a checkpoint of the database takes a second now and then, whoever asks for what. */
export function percentile95(times: readonly number[]): number {
  return times.toSorted((one, other) => one - other)[Math.floor((times.length - 1) * 0.95)] ?? Number.NaN
}

const quietTurns = 5

/**
 * Publishes to a story that somebody reads, asks how the server is, and reads some pages, again and again: a few times as it is, then
 * until `attack` is over. Answers how much longer the slow ones of the second took than those of the first, for the machine may have other work; the memory
 * is the most that the process ever had.
 */
export async function noticedDuring<Answer>(
  server: RunningServer,
  admin: ApiClient,
  attack: () => Promise<Answer>,
): Promise<{ noticed: Noticed; answer: Answer }> {
  const slug = await admin.openStory()
  const reader = io(server.url, { transports: ['websocket'], forceNew: true, extraHeaders: from('198.51.100.1') })
  const waiting = new Map<number, () => void>()
  reader.on('events', ({ events }: { events: { seq: number }[] }) => {
    for (const { seq } of events) waiting.get(seq)?.()
  })
  const followed: { ok: boolean } = await reader.timeout(10_000).emitWithAck('follow', { story: slug, as: 'reader' })
  expect(followed).toMatchObject({ ok: true })

  // The first event opened the story.
  let seq = 1
  const look = async () => {
    const asked = performance.now()
    await (await fetch(`${server.url}/api/health`, { headers: from('198.51.100.2') })).text()
    const healthMs = performance.now() - asked
    seq += 1
    const sent = performance.now()
    const came = new Promise<boolean>((resolve) => waiting.set(seq, () => resolve(true)))
    await admin.publish(slug, `Update number ${seq}.`)
    const isThere = await Promise.race([came, new Promise<boolean>((resolve) => setTimeout(resolve, 5_000, false))])
    const deliveryMs = performance.now() - sent
    const pages = [`/stories/${slug}`, `/stories/${slug}/search?q=number+${seq}`, `/stories/${slug}?before=${seq}`]
    const answers = await Promise.all(pages.map((path) => fetch(server.url + path, { headers: from('198.51.100.3') })))
    await Promise.all(answers.map((answer) => answer.arrayBuffer()))
    return { healthMs, deliveryMs, lost: isThere ? 0 : 1, refused: answers.filter(({ ok }) => !ok).length }
  }
  const slow = (looks: readonly Awaited<ReturnType<typeof look>>[], what: 'healthMs' | 'deliveryMs') => percentile95(looks.map((each) => each[what]))

  const quiet: Awaited<ReturnType<typeof look>>[] = []
  while (quiet.length < quietTurns) quiet.push(await look())
  let isOver = false
  const attacking = attack().finally(() => {
    isOver = true
  })
  const during: typeof quiet = []
  while (!isOver) during.push(await look())
  const answer = await attacking
  reader.disconnect()
  const noticed = {
    deliveryMs: slow(during, 'deliveryMs') - slow(quiet, 'deliveryMs'),
    healthMs: slow(during, 'healthMs') - slow(quiet, 'healthMs'),
    lost: during.reduce((sum, { lost }) => sum + lost, 0),
    refused: during.reduce((sum, { refused }) => sum + refused, 0),
    memoryBytes: mostMemory(server.pid),
    quietMs: slow(quiet, 'deliveryMs'),
  }
  return { noticed, answer }
}

function mostMemory(pid: number): number {
  return 1024 * Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])
}
