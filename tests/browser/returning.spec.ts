import type { Page } from '@playwright/test'
import { entry, expect, expectLive, publishMany, test, timeline } from './fixtures.ts'

/** As if the reader had left that long ago; in ms. */
async function leftBefore(page: Page, slug: string, ms: number): Promise<void> {
  await page.evaluate(
    ([key, ms]) => {
      const left = JSON.parse(localStorage.getItem(key) ?? '{}')
      localStorage.setItem(key, JSON.stringify({ ...left, at: left.at - ms }))
    },
    [`staytuned.left.${slug}`, ms] as const,
  )
}

test('a reader who comes back is told what happened, sees where they left, and reads on from there', { tag: '@phone-only' }, async ({
  page,
  editor,
  slug,
}) => {
  const ids = await publishMany(editor, slug, 5)
  await page.goto(`/stories/${slug}`)
  await expectLive(page)
  await page.goto('/')
  await leftBefore(page, slug, 90 * 60_000)

  await publishMany(editor, slug, 12)
  await editor.send(
    'PATCH',
    `/api/stories/${slug}/updates/${ids[0]}`,
    { body: 'Corrected meanwhile.', correction: { note: 'It was wrong.' } },
    { 'if-match': '1' },
  )
  await page.goto(`/stories/${slug}`)
  const card = page.getByRole('complementary', { name: 'What you missed' })
  await expect(card).toContainText(/Since \d\d:\d\d 12 updates · 1 correction/)
  // It stands in the part of the timeline that is loaded as one scrolls.
  await timeline(page)
    .getByRole('article')
    .last()
    .evaluate((article) => article.scrollIntoView())
  await expect(timeline(page).getByText(/You were here until \d\d:\d\d/)).toHaveCount(1)

  await card.getByRole('button', { name: 'Go to the first' }).click()
  const first = timeline(page).getByRole('article').nth(11)
  await expect(first).toBeFocused()
  await expect(first).toBeInViewport()
  await expect(card).toHaveCount(0)
})

test('the gap is readable in order, also when it is longer than a page', async ({ page, editor, slug }) => {
  await publishMany(editor, slug, 3)
  await page.goto(`/stories/${slug}`)
  await expectLive(page)
  await page.goto('/')
  await leftBefore(page, slug, 10 * 60_000)
  const missed = await publishMany(editor, slug, 50)

  await page.goto(`/stories/${slug}`)
  await page.getByRole('link', { name: 'Read them in order' }).click()
  await expect(page.locator(`[id="${missed[0]}"]`)).toBeInViewport()
  await expectLive(page)
  const shown = await timeline(page)
    .getByRole('article')
    .evaluateAll((articles) => articles.map(({ id }) => id))
  const from = shown.indexOf(missed[0] ?? '')
  expect(shown.slice(from, from + 8)).toEqual(missed.slice(0, 8))
})

test('somebody who looks away for a moment is told nothing', async ({ page, editor, slug }) => {
  await publishMany(editor, slug, 2)
  await page.goto(`/stories/${slug}`)
  await expectLive(page)
  await page.goto('/')
  await editor.publish(slug, 'Meanwhile.')
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  await page.goto(`/stories/${slug}`)
  await expect(entry(page, 'Meanwhile.')).toHaveCount(1)
  await expectLive(page)
  await page.waitForLoadState('networkidle')
  expect(asked.filter((url) => url.includes('/changes?'))).toEqual([])
})
