import type { Locator, Page } from '@playwright/test'
import { entry, expect, expectLive, liveBar, publishMany, test, timeline } from './fixtures.ts'

// Readers who have set their browser up in their own way.

/** By how many px the page is wider than the window. */
function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
}

for (const path of ['', '/whole', '/search?q=water']) {
  test(`with text of twice the size nothing is cut off: /stories/…${path}`, async ({ page, editor, slug }) => {
    await publishMany(editor, slug, 4)
    await editor.publish(slug, 'A dyke gives way.', { title: 'Hochwasserschutzbeauftragte', key: true, pinned: true })
    // What a browser makes of its window when everything in it is twice as large.
    const window = page.viewportSize() ?? { width: 0, height: 0 }
    await page.setViewportSize({ width: Math.round(Math.min(window.width, 412) / 2), height: Math.round(window.height / 2) })
    await page.goto(`/stories/${slug}${path}`)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    if (path === '') await expectLive(page)
    expect(await overflow(page)).toBe(0)
    const cut = await page.evaluate(() =>
      [...document.querySelectorAll('h1, h2, p, button, a, time')]
        .filter((element) => element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).overflowX === 'hidden')
        .map((element) => element.textContent),
    )
    expect(cut).toEqual([])
  })
}

test('in forced colours everything is told apart as before', async ({ page, editor, slug }) => {
  await publishMany(editor, slug, 4)
  await editor.publish(slug, 'A turn.', { title: 'A turn', key: true })
  await page.emulateMedia({ forcedColors: 'active' })
  await page.goto(`/stories/${slug}`)
  await expectLive(page)
  // A mark that is drawn by its background alone would not be seen any more.
  const isDrawn = (locator: Locator) =>
    locator.evaluate((element) => getComputedStyle(element, '::before').backgroundColor !== getComputedStyle(document.body).backgroundColor)
  expect(await isDrawn(liveBar(page).getByText('Live', { exact: true }))).toBe(true)
  expect(await isDrawn(timeline(page).getByText('Key event', { exact: true }))).toBe(true)
  await page.keyboard.press('Tab')
  const focused = page.locator(':focus')
  expect(await focused.evaluate((element) => getComputedStyle(element).outlineStyle)).not.toBe('none')
  await expect(entry(page, 'A turn.')).toBeVisible()
})
