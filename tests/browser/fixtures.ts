import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import { test as base, expect, type Page } from '@playwright/test'
import { ApiClient } from '../api-client.ts'
import { type RunningServer, startServer } from '../running-server.ts'

type Fixtures = {
  /** A program with an editor's session. */
  editor: ApiClient
  /** A story of this test's own, open and empty. */
  slug: string
}

type WorkerFixtures = { server: RunningServer }

/** Tests with the program running on an empty database of its own. Whatever a page logs as an error fails its test. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  server: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright wants to see a pattern.
    async ({}, use) => {
      const data = mkdtempSync(join(tmpdir(), 'staytuned-'))
      const server = await startServer({ STAYTUNED_DATA: data, STAYTUNED_FIRST_STORY: 'on' })
      await use(server)
      await server.stop()
      rmSync(data, { recursive: true })
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  baseURL: async ({ server }, use) => use(server.url),
  editor: async ({ server }, use) => use(await ApiClient.signedIn(server.url)),
  slug: async ({ editor }, use) => use(await editor.openStory()),
})

export { expect }

/** Fails if the accessibility checker finds anything, in either theme. */
export async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map(({ id, nodes }) => ({ id, where: nodes.map((node) => node.target.join(' ')) }))).toEqual([])
  }
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
