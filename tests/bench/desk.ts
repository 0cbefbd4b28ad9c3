import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { type Browser, chromium, type Page } from '@playwright/test'
import { buildProgram } from '#lib/cli/build-program.ts'
import { ApiClient } from '../api-client.ts'
import { findChromium } from '../find-chromium.ts'
import { admin, startServer } from '../running-server.ts'

// What a story's desk costs who writes there: the scripts it loads, and how long a key takes in a long text.
//   npm run bench:desk -- [words] [keys]

const [words = 5_000, keys = 200] = process.argv.slice(2).map(Number)
const executablePath = findChromium()
const sentence = 'The water is rising more slowly than in the night before. '
const sentencesInParagraph = 10
const wordsInParagraph = sentencesInParagraph * sentence.trim().split(' ').length

async function openDesk(browser: Browser, url: string, slug: string) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
  /** Gzipped, in the order in which they came. */
  const scripts: Promise<number>[] = []
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') scripts.push(response.body().then((body) => gzipSync(body).length))
  })
  const bytes = async () => (await Promise.all(scripts)).reduce((sum, size) => sum + size, 0)
  await page.goto(`${url}/admin/sign-in`)
  await page.getByLabel('E-mail').fill(admin.email)
  await page.getByLabel('Password').fill(admin.password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.waitForURL(`${url}/admin`)
  scripts.length = 0
  await page.goto(`${url}/admin/stories/${slug}`, { waitUntil: 'load' })
  const first = await bytes()
  await page.getByRole('textbox', { name: 'Text', exact: true }).waitFor()
  return { page, first, whole: await bytes() }
}

/** Of each key that is typed after a text: ms that it keeps the page busy, and ms until the page has been drawn with it. */
async function typeAfter(page: Page, paragraphs: readonly string[]) {
  await page.getByRole('textbox', { name: 'Text', exact: true }).click()
  for (const paragraph of paragraphs) {
    await page.keyboard.insertText(paragraph)
    await page.keyboard.press('Enter')
  }
  await page.evaluate(() => {
    const times: [number, number][] = []
    Object.assign(window, { times })
    addEventListener(
      'keydown',
      () => {
        const begun = performance.now()
        const time: [number, number] = [Number.NaN, Number.NaN]
        const [work, paint] = [new MessageChannel(), new MessageChannel()]
        // All that a key leads to at once is one task: what is posted in it comes after; and what a frame posts, once it is drawn.
        work.port1.onmessage = () => {
          time[0] = performance.now() - begun
        }
        paint.port1.onmessage = () => {
          time[1] = performance.now() - begun
          times.push(time)
        }
        work.port2.postMessage(null)
        requestAnimationFrame(() => paint.port2.postMessage(null))
      },
      { capture: true },
    )
  })
  for (let count = 0; count < keys; count += 1) await page.keyboard.press('a', { delay: 20 })
  return page.evaluate(() => (window as unknown as { times: [number, number][] }).times)
}

function percentile(values: readonly number[], share: number): string {
  const sorted = values.toSorted((one, other) => one - other)
  return `${(sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)] ?? Number.NaN).toFixed(1)} ms`
}

await buildProgram(fileURLToPath(new URL('../..', import.meta.url)))
const data = mkdtempSync(join(tmpdir(), 'staytuned-'))
const server = await startServer({ STAYTUNED_DATA: data })
const browser = await chromium.launch({ ...(executablePath ? { executablePath } : {}), args: ['--no-sandbox', '--disable-gpu'] })
try {
  const slug = await (await ApiClient.signedIn(server.url)).openStory()
  const { page, first, whole } = await openDesk(browser, server.url, slug)
  console.log(`scripts of a story's desk, gzipped: ${(first / 1000).toFixed(1)} KB first, ${(whole / 1000).toFixed(1)} KB with the editor`)
  const times = await typeAfter(
    page,
    Array.from({ length: words / wordsInParagraph }, () => sentence.repeat(sentencesInParagraph)),
  )
  for (const [index, what] of ['busy with it', 'until it is drawn'].entries()) {
    const all = times.map((each) => each[index as 0 | 1])
    console.log(`a key in ${words} words, ${what}: p50 ${percentile(all, 0.5)}, p95 ${percentile(all, 0.95)}, max ${percentile(all, 1)}`)
  }
} finally {
  await browser.close()
  await server.stop()
  rmSync(data, { recursive: true })
}
