import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { chromium, type Page } from '@playwright/test'
import sharp from 'sharp'
import { buildProgram } from '#lib/cli/build-program.ts'
import { openDatabase } from '#lib/db/open-database.ts'
import { openStore } from '#lib/db/store.ts'
import { ApiClient } from '../tests/api-client.ts'
import { findChromium } from '../tests/find-chromium.ts'
import { startServer } from '../tests/running-server.ts'
import { writeLongStory } from './long-story.ts'

// What a story of 500 updates with pictures costs its reader: bytes, Lighthouse's figures on a phone, and what twenty updates a
// second do to the page. Lighthouse is not one of our packages: it is fetched with npx, or found by LIGHTHOUSE.
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

type Figures = Readonly<Record<string, number>>

function lighthouse(address: string): { figures: Figures; failed: string[] } {
  const file = join(tmpdir(), `lighthouse-${process.pid}.json`)
  const command = process.env.LIGHTHOUSE ? [process.env.LIGHTHOUSE] : ['npx', '--yes', 'lighthouse@12']
  const [program = '', ...rest] = [
    ...command,
    address,
    '--quiet',
    '--output=json',
    `--output-path=${file}`,
    `--chrome-flags=--headless=new ${flags.join(' ')}`,
  ]
  execFileSync(program, rest, { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, CHROME_PATH: executablePath ?? '' } })
  type Audit = { score: number | null; scoreDisplayMode: string; numericValue?: number }
  const { categories, audits } = JSON.parse(readFileSync(file, 'utf8')) as {
    categories: Record<string, { score: number; auditRefs: { id: string; weight: number }[] }>
    audits: Record<string, Audit>
  }
  rmSync(file)
  const value = (id: string) => audits[id]?.numericValue ?? Number.NaN
  const failed = Object.values(categories)
    .flatMap(({ auditRefs }) => auditRefs)
    .filter(({ id, weight }) => weight > 0 && (audits[id]?.score ?? 1) < 0.9)
    .map(({ id }) => id)
  const scores = Object.entries(categories).map(([name, { score }]) => [name, Math.round(score * 100)] as const)
  const metrics = {
    'FCP ms': value('first-contentful-paint'),
    'LCP ms': value('largest-contentful-paint'),
    CLS: value('cumulative-layout-shift'),
    'TBT ms': value('total-blocking-time'),
  }
  return { figures: { ...Object.fromEntries(scores), ...metrics }, failed }
}

/** Twenty updates a second for half a minute, onto a page whose reader looks at the top and keeps pressing keys. */
async function measureRush(page: Page, editor: ApiClient): Promise<Figures> {
  await page.evaluate(() => {
    const seen = { tasks: [] as number[], delays: [] as number[] }
    Object.assign(window, { seen })
    new PerformanceObserver((list) => seen.tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: 'longtask' })
    document.addEventListener('keydown', (event) => seen.delays.push(performance.now() - event.timeStamp), { capture: true })
  })
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
  await page.getByText(`reading ${seconds * perSecond - 1}.`).waitFor()
  const { tasks, delays } = await page.evaluate(() => (window as unknown as { seen: { tasks: number[]; delays: number[] } }).seen)
  return {
    'updates a second': Math.round((seconds * perSecond) / took),
    'long tasks': tasks.length,
    'longest task ms': Math.max(0, ...tasks),
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

  console.log(`\nLighthouse, a phone, ${runs} runs; the median of each figure:`)
  const results = Array.from({ length: runs }, () => lighthouse(address))
  const all = (name: string) => results.map(({ figures }) => figures[name] ?? Number.NaN)
  const names = Object.keys(results[0]?.figures ?? {})
  console.table(Object.fromEntries(names.map((name) => [name, { median: quantile(all(name), 0.5) }])))
  console.log('below 0.9 in any run:', [...new Set(results.flatMap(({ failed }) => failed))].join(' ') || 'nothing')

  console.log('\nTwenty updates a second for 30 s, desktop:')
  console.table(await measureRush(page, await ApiClient.signedIn(server.url)))
  await browser.close()
  await server.stop()
} finally {
  rmSync(data, { recursive: true, force: true })
}
