import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { test as base, expect, type Locator, type Page } from '@playwright/test'
import type { AxeResults, ElementContext, RunOptions } from 'axe-core'
import { ApiClient } from '../api-client.ts'
import { anyKind } from '../databases.ts'
import { ownSettings } from '../own-settings.ts'
import { type RunningServer, startServer } from '../running-server.ts'
import { writePast } from './night-story.ts'

type Fixtures = {
  /** A story of this test's own, open and empty. */
  slug: string
  /** Closes what a test has opened beside its own page: an open page goes on following its story. */
  closeContexts: undefined
}

type WorkerFixtures = {
  server: RunningServer
  /** A program with an admin's session. */
  editor: ApiClient
}

/** Tests with the program running on an empty database of its own. Whatever a page logs as an error fails its test. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  server: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright wants to see a pattern.
    async ({}, use) => {
      const own = await ownSettings(anyKind)
      await writePast(own)
      const server = await startServer(own.settings)
      await use(server)
      await server.stop()
      await own.drop()
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  editor: [async ({ server }, use) => use(await ApiClient.signedIn(server.url)), { scope: 'worker' }],
  baseURL: async ({ server }, use) => use(server.url),
  slug: async ({ editor }, use) => use(await editor.openStory()),
  closeContexts: [
    async ({ browser }, use) => {
      await use(undefined)
      await Promise.all(browser.contexts().map((context) => context.close()))
    },
    { auto: true },
  ],
})

export { expect }

/** Where the page says how it stands to the story. */
export function liveBar(page: Page): Locator {
  return page.getByRole('region', { name: 'How this page stands' })
}

export async function expectLive(page: Page): Promise<void> {
  await expect(liveBar(page).getByText('Live', { exact: true })).toBeVisible()
}

export function timeline(page: Page): Locator {
  return page.getByRole('region', { name: 'Timeline' })
}

/** The updates of the timeline that say that. */
export function entry(page: Page, text: string): Locator {
  return timeline(page).getByRole('article').filter({ hasText: text })
}

/** Publishes that many, of a paragraph or two each, oldest first; answers their ids. */
export async function publishMany(editor: ApiClient, slug: string, count: number, fields: Record<string, unknown> = {}): Promise<string[]> {
  const ids: string[] = []
  for (let number = 1; number <= count; number += 1) {
    const text = `Update number ${number}. ${'The water is rising more slowly than in the night before. '.repeat((number % 4) + 1)}`
    const answer = await editor.publish(slug, number % 3 === 0 ? `${text}\n\nThe next reading is due in an hour.` : text, fields)
    ids.push((answer.body as { id: string }).id)
  }
  return ids
}

type AxeOptions = { readonly colorScheme?: 'light' | 'dark' }

/** What a page must have and a window needn't. */
const ofWholePages = ['landmark-one-main', 'page-has-heading-one']

/** The accessibility checker, as a script that defines `axe` in the page. */
const checker = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

type WithChecker = { axe?: { run(context: ElementContext, options: RunOptions): Promise<AxeResults> } }

/**
 * Fails if the accessibility checker finds anything. Each state of a page is checked once: at the desktop's size if its test runs at
 * both, and in one theme, for what differs between themes is colour, which tests/ui/contrast.test.ts checks.
 */
export async function expectAccessible(page: Page, { colorScheme = 'light' }: AxeOptions = {}): Promise<void> {
  const { project, tags } = base.info()
  if (project.name === 'phone' && tags.includes('@phone')) return
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(checker)
  // The page behind a window can't be reached as long as the window is there, and is checked without it.
  const hasWindow = (await page.getByRole('dialog').count()) > 0
  const options: RunOptions = {
    // What passes isn't reported, and no style sheet is fetched again: both take longer than the check.
    resultTypes: ['violations'],
    preload: false,
    rules: hasWindow ? Object.fromEntries(ofWholePages.map((rule) => [rule, { enabled: false }])) : {},
  }
  const found = await page.evaluate(
    async ([context, options]) => {
      const { axe } = window as WithChecker
      if (!axe) throw new Error('the checker is not in the page')
      const { violations } = await axe.run(context ?? document, options)
      return violations.map(({ id, nodes }) => ({ id, where: nodes.map((node) => node.target.join(' ')) }))
    },
    [hasWindow ? '[role="dialog"], dialog' : null, options] as const,
  )
  expect(found).toEqual([])
}

/** What the browser complained of on this page: uncaught errors, and what its policy blocked. */
export function complaints(page: Page): string[] {
  const heard: string[] = []
  page.on('pageerror', (error) => heard.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') heard.push(message.text())
  })
  return heard
}
