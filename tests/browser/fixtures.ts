import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import { test as base, expect, type Locator, type Page } from '@playwright/test'
import { ApiClient } from '../api-client.ts'
import { putDatabaseInto } from '../databases.ts'
import { type RunningServer, startServer } from '../running-server.ts'
import { writePast } from './night-story.ts'

type Fixtures = {
  /** A program with an editor's session. */
  editor: ApiClient
  /** A story of this test's own, open and empty. */
  slug: string
  /** Closes what a test has opened beside its own page: an open page goes on following its story. */
  closeContexts: undefined
}

type WorkerFixtures = { server: RunningServer }

/** Tests with the program running on an empty database of its own. Whatever a page logs as an error fails its test. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  server: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright wants to see a pattern.
    async ({}, use) => {
      const data = mkdtempSync(join(tmpdir(), 'staytuned-'))
      await putDatabaseInto(data)
      await writePast(data)
      const server = await startServer({ STAYTUNED_DATA: data })
      await use(server)
      await server.stop()
      rmSync(data, { recursive: true })
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  baseURL: async ({ server }, use) => use(server.url),
  editor: async ({ server }, use) => use(await ApiClient.signedIn(server.url)),
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

type AxeOptions = { readonly colorScheme?: 'light' | 'dark'; readonly onPhone?: boolean }

/** What a page must have and a window needn't. */
const ofWholePages = ['landmark-one-main', 'page-has-heading-one']

/**
 * Fails if the accessibility checker finds anything. Each state of a page is checked once: at the desktop's size, unless it exists on
 * a phone alone (`onPhone`), and in one theme, for what differs between themes is colour, which tests/ui/contrast.test.ts checks.
 */
export async function expectAccessible(page: Page, { colorScheme = 'light', onPhone = false }: AxeOptions = {}): Promise<void> {
  if (base.info().project.name === 'phone' && !onPhone) return
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
  const checker = new AxeBuilder({ page })
    // What passes needn't be reported, which takes as long as the rest.
    .options({ resultTypes: ['violations'] })
    // Otherwise the checker opens a second page each time, for frames of other origins, of which there are none here.
    .setLegacyMode()
  // The page behind a window can't be reached as long as the window is there, and is checked without it.
  if ((await page.getByRole('dialog').count()) > 0) checker.include('[role="dialog"], dialog').disableRules(ofWholePages)
  const { violations } = await checker.analyze()
  expect(violations.map(({ id, nodes }) => ({ id, where: nodes.map((node) => node.target.join(' ')) }))).toEqual([])
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
