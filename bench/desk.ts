import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { type Browser, chromium, type Page } from '@playwright/test'
import { buildProgram } from '#lib/cli/build-program.ts'
import { ApiClient } from '../tests/api-client.ts'
import { findChromium } from '../tests/find-chromium.ts'
import { admin, startServer } from '../tests/running-server.ts'
import { inThreadTime, type TraceEvent } from './thread-time.ts'

// What a story's desk costs who writes there: the scripts it loads, and how long a key takes in a long text. Beside it the same text in
// a box of the browser's own that nothing is done with: they are typed into in turn.
//   npm run bench:desk -- [words] [keys] [rounds]

const [words = 5_000, keys = 100, rounds = 4] = process.argv.slice(2).map(Number)
const executablePath = findChromium()
const sentence = 'The water is rising more slowly than in the night before. '
const sentencesInParagraph = 10
const wordsInParagraph = sentencesInParagraph * sentence.trim().split(' ').length

async function openDesk(browser: Browser, url: string, slug: string) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
  const door = await context.newPage()
  await door.goto(`${url}/admin/sign-in`)
  await door.getByLabel('E-mail').fill(admin.email)
  await door.getByLabel('Password').fill(admin.password)
  await door.getByRole('button', { name: 'Sign in', exact: true }).click()
  await door.waitForURL(`${url}/admin`)
  await door.close()
  const page = await context.newPage()
  /** Gzipped, in the order in which they came. */
  const scripts: Promise<number>[] = []
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') scripts.push(response.body().then((body) => gzipSync(body).length))
  })
  const bytes = async () => (await Promise.all(scripts)).reduce((sum, size) => sum + size, 0)
  await page.goto(`${url}/admin/stories/${slug}`, { waitUntil: 'load' })
  const first = await bytes()
  await page.getByRole('textbox', { name: 'Text', exact: true }).waitFor()
  return { page, first, whole: await bytes() }
}

/** A box of the same shape in which the browser edits by itself. */
async function openBare(browser: Browser): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
  const style = 'font: 17px/1.5 serif; inline-size: 40rem; max-block-size: 70dvh; overflow-y: auto; contain: content; white-space: break-spaces'
  await page.setContent(`<div role="textbox" aria-label="Text" contenteditable style="${style}"></div>`)
  await page.evaluate(() => document.execCommand('defaultParagraphSeparator', false, 'p'))
  return page
}

async function writeText(page: Page): Promise<void> {
  await page.getByRole('textbox', { name: 'Text', exact: true }).click()
  for (let count = 0; count < words / wordsInParagraph; count += 1) {
    await page.keyboard.insertText(sentence.repeat(sentencesInParagraph))
    await page.keyboard.press('Enter')
  }
}

/** Types keys after the text. Of each: ms of work on the page's thread until the page is drawn with it, and until the next key. */
async function typeOn(browser: Browser, page: Page) {
  await page.bringToFront()
  await browser.startTracing(page, { categories: ['devtools.timeline', 'disabled-by-default-devtools.timeline'] })
  for (let count = 0; count < keys; count += 1) await page.keyboard.press('a', { delay: 50 })
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] }
  const clock = workOf(traceEvents)
  inThreadTime(traceEvents)
  const thread = workOf(traceEvents)
  return { drawnByClock: clock.drawn, drawn: thread.drawn, all: thread.all }
}

/** Waiting for the screen's next frame is no work, so it isn't counted. */
function workOf(events: readonly TraceEvent[]) {
  const isKey = ({ name, args }: TraceEvent) => name === 'EventDispatch' && args?.data?.type === 'keydown'
  const thread = events.find(isKey)
  const own = events
    .filter(({ ph, pid, tid }) => ph === 'X' && pid === thread?.pid && tid === thread?.tid)
    .toSorted((one, other) => one.ts - other.ts)
  const end = ({ ts, dur = 0 }: TraceEvent) => ts + dur
  const tasks = own.filter(({ name }) => name === 'RunTask')
  const work = (from: number, to: number) =>
    tasks.reduce((sum, task) => sum + Math.max(Math.min(end(task), to) - Math.max(task.ts, from), 0), 0) / 1000
  const begun = own.filter(isKey).map(({ ts }) => ts)
  return {
    drawn: begun.map((ts) => {
      const commit = own.find((event) => event.name === 'Commit' && event.ts > ts)
      return commit ? work(ts, end(commit)) : Number.NaN
    }),
    all: begun.slice(0, -1).map((ts, index) => work(ts, begun[index + 1] ?? ts)),
  }
}

type Typed = Awaited<ReturnType<typeof typeOn>>

function percentile(values: readonly number[], share: number): string {
  const sorted = values.toSorted((one, other) => one - other)
  return `${(sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)] ?? Number.NaN).toFixed(1)} ms`
}

await buildProgram(fileURLToPath(new URL('..', import.meta.url)))
const data = mkdtempSync(join(tmpdir(), 'staytuned-'))
const server = await startServer({ STAYTUNED_DATA: data })
const browser = await chromium.launch({ ...(executablePath ? { executablePath } : {}), args: ['--no-sandbox', '--disable-gpu'] })
try {
  const slug = await (await ApiClient.signedIn(server.url)).openStory()
  const { page, first, whole } = await openDesk(browser, server.url, slug)
  console.log(`scripts of a story's desk, gzipped: ${(first / 1000).toFixed(1)} KB first, ${(whole / 1000).toFixed(1)} KB with the editor`)
  const pages = { desk: page, bare: await openBare(browser) }
  for (const each of Object.values(pages)) {
    await each.bringToFront()
    await writeText(each)
  }
  const typed: { desk: Typed; bare: Typed }[] = []
  for (let round = 0; round < rounds; round += 1) typed.push({ desk: await typeOn(browser, pages.desk), bare: await typeOn(browser, pages.bare) })
  console.log(`work for a key in ${words} words, ${rounds} × ${keys} keys:`)
  for (const [what, times] of [
    ['until it is drawn, by the clock', 'drawnByClock'],
    ['until it is drawn, by the time that the page’s thread ran', 'drawn'],
    ['in all, by the same', 'all'],
  ] as const) {
    console.log(`  ${what}`)
    for (const of of ['desk', 'bare'] as const) {
      const all = typed.flatMap((round) => round[of][times])
      console.log(`    ${of}: p50 ${percentile(all, 0.5)}, p95 ${percentile(all, 0.95)}, max ${percentile(all, 1)}`)
    }
  }
} finally {
  await browser.close()
  await server.stop()
  rmSync(data, { recursive: true })
}
