import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { type Browser, chromium, type Page } from '@playwright/test'
import sharp from 'sharp'
import { buildProgram } from '#lib/cli/build-program.ts'
import { openDatabase } from '#lib/db/open-database.ts'
import { openStore } from '#lib/db/store.ts'
import { ApiClient } from '../tests/api-client.ts'
import { findChromium } from '../tests/find-chromium.ts'
import { startServer } from '../tests/running-server.ts'
import { type Figures, lighthouse } from './lighthouse.ts'
import { writeLongStory } from './long-story.ts'
import { pageTasks, type TraceEvent } from './thread-time.ts'

// What a story of 500 updates with pictures costs its reader: bytes, Lighthouse's figures on a phone, and what twenty updates a
// second do to the page.
//   npm run bench:page -- [updates] [runs of Lighthouse]

const [updates = 500, runs = 5] = process.argv.slice(2).map(Number)
const root = fileURLToPath(new URL('..', import.meta.url))
const slug = 'river'
const executablePath = findChromium()
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-sync']

/** Pictures that compress about as photographs do. */
async function uploadPictures(editor: ApiClient, count: number): Promise<string[]> {
  const sources: string[] = []
  for (let number = 0; number < count; number += 1) {
    const noise = { type: 'gaussian' as const, mean: 110 + 10 * number, sigma: 40 }
    const picture = await sharp({ create: { width: 1600, height: 1067, channels: 3, background: 'white', noise } })
      .blur(3 + number)
      .jpeg()
      .toBuffer()
    const form = new FormData()
    form.append('file', new Blob([new Uint8Array(picture)], { type: 'image/jpeg' }), 'quay.jpg')
    form.append('credit', 'River desk')
    const answer = await fetch(`${editor.url}/api/media`, { method: 'POST', body: form, headers: { cookie: editor.cookie } })
    sources.push(((await answer.json()) as { src: string }).src)
  }
  return sources
}

async function measureBytes(page: Page, address: string): Promise<Record<string, number>> {
  const bytes: Record<string, number> = {}
  const reading: Promise<void>[] = []
  page.on('response', (response) => {
    // What the page itself gives to a thread beside it is already in the page.
    if (response.url().startsWith('blob:')) return
    const type = response.request().resourceType()
    const add = async () => {
      const body = await response.body()
      const size = ['document', 'script', 'stylesheet'].includes(type) ? gzipSync(body).length : body.length
      bytes[type] = (bytes[type] ?? 0) + size
    }
    reading.push(add())
  })
  await page.goto(address)
  await page.getByText('Live', { exact: true }).waitFor()
  await Promise.all(reading)
  return bytes
}

/** Twenty updates a second for half a minute, onto a page whose reader looks at the top and keeps pressing keys. */
async function measureRush(browser: Browser, page: Page, editor: ApiClient): Promise<Figures> {
  await page.evaluate(() => {
    const delays: number[] = []
    Object.assign(window, { delays })
    document.addEventListener('keydown', (event) => delays.push(performance.now() - event.timeStamp), { capture: true })
  })
  await browser.startTracing(page, { categories: ['toplevel', 'devtools.timeline', 'blink.user_timing'] })
  const seconds = 30
  const perSecond = 20
  const sent: Promise<unknown>[] = []
  const begin = performance.now()
  for (let number = 0; number < seconds * perSecond; number += 1) {
    const wait = begin + (number * 1000) / perSecond - performance.now()
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait))
    sent.push(editor.publish(slug, `The gauge at the old bridge, reading ${number}. ${'The water is rising more slowly than before. '.repeat(5)}`))
    if (number % 5 === 0) await page.keyboard.press('Shift')
  }
  await Promise.all(sent)
  const took = (performance.now() - begin) / 1000
  // By the page's own means, and on what is first in it: looking through all of it would be the longest task of all.
  const last = `reading ${seconds * perSecond - 1}.`
  await page.waitForFunction((text) => document.querySelector('article[id]')?.textContent?.includes(text), last)
  const delays = await page.evaluate(() => {
    performance.mark('rush-over')
    return (window as unknown as { delays: number[] }).delays
  })
  const { traceEvents }: { traceEvents: TraceEvent[] } = JSON.parse((await browser.stopTracing()).toString())
  const tasks = pageTasks(traceEvents, 'rush-over')
  return {
    'updates a second': Math.round((seconds * perSecond) / took),
    'tasks over 50 ms by the clock': tasks.filter(({ took }) => took > 50).length,
    'longest by the clock ms': Math.max(...tasks.map(({ took }) => took)),
    'tasks that ran for over 50 ms': tasks.filter(({ ran }) => ran > 50).length,
    'longest that a task ran ms': Math.max(...tasks.map(({ ran }) => ran)),
    'input delay p95 ms': quantile(delays, 0.95),
    'input delay max ms': Math.max(...delays),
  }
}

function quantile(values: readonly number[], share: number): number {
  return values.toSorted((one, other) => one - other)[Math.floor(share * (values.length - 1))] ?? Number.NaN
}

await buildProgram(root)
const data = mkdtempSync(join(tmpdir(), 'staytuned-'))
try {
  const first = await startServer({ STAYTUNED_DATA: data })
  const images = await uploadPictures(await ApiClient.signedIn(first.url), 8)
  await first.stop()
  const store = await openStore(await openDatabase(undefined, data), join(root, 'prisma/migrations'))
  await writeLongStory(store, { updates, slug, images })
  await store.close()

  const server = await startServer({ STAYTUNED_DATA: data })
  const address = `${server.url}/stories/${slug}`
  const browser = await chromium.launch({ ...(executablePath ? { executablePath } : {}), args: flags })
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
  console.log(`A story of ${updates} updates. Bytes on the way (text gzipped):`)
  console.table(await measureBytes(page, address))

  console.log(`\nLighthouse, a phone, ${runs} runs; the median of each figure, by the clock and by the time that the page’s thread ran:`)
  const results = Array.from({ length: runs }, () => lighthouse(address, { path: executablePath ?? chromium.executablePath(), flags }))
  const names = Object.keys(results[0]?.byClock.figures ?? {})
  const middle = (by: 'byClock' | 'byThread', name: string) =>
    quantile(
      results.map((result) => result[by].figures[name] ?? Number.NaN),
      0.5,
    )
  console.table(Object.fromEntries(names.map((name) => [name, { clock: middle('byClock', name), thread: middle('byThread', name) }])))
  for (const by of ['byClock', 'byThread'] as const) {
    console.log(`below 0.9 in any run, ${by}:`, [...new Set(results.flatMap((result) => result[by].failed))].join(' ') || 'nothing')
  }

  console.log('\nTwenty updates a second for 30 s, desktop:')
  console.table(await measureRush(browser, page, await ApiClient.signedIn(server.url)))
  await browser.close()
  await server.stop()
} finally {
  rmSync(data, { recursive: true, force: true })
}
