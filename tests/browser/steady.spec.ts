import type { Page } from '@playwright/test'
import { entry, expect, expectLive, publishMany, test, timeline } from './fixtures.ts'

/** Watches, frame by frame, how far what stands at the reading line is moved; answers the most, in px. */
async function watchReadingLine(page: Page): Promise<() => Promise<{ most: number; text: string }>> {
  await page.evaluate(async () => {
    const left = document.querySelector('article[id] p ~ div')?.getBoundingClientRect().left ?? 0
    const heights = Array.from({ length: 40 }, (_, step) => window.innerHeight * 0.35 + step * 4)
    const find = () =>
      heights
        .flatMap((height) => document.elementsFromPoint(left + 60, height))
        .find((element) => element.matches('article[id] p, article[id] li, article[id] h2'))
    let read = find()
    // What has just come onto the screen is there to be met once it was drawn.
    for (let frame = 0; !read && frame < 120; frame += 1) {
      await new Promise(requestAnimationFrame)
      read = find()
    }
    if (!read) throw new Error('nothing is read there')
    const top = read.getBoundingClientRect().top
    const watched = { most: 0, text: read.textContent }
    const look = () => {
      watched.most = Math.max(watched.most, Math.abs(read.getBoundingClientRect().top - top))
      requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
    Object.assign(window, { watched })
  })
  return () => page.evaluate(() => (window as unknown as { watched: { most: number; text: string } }).watched)
}

test('nothing moves under a reader in the middle of the page, whatever comes; the button leads to the first unread update', {
  tag: '@phone',
}, async ({ page, editor, slug }) => {
  test.setTimeout(120_000)
  const ids = await publishMany(editor, slug, 40)
  const pinned = ids[30] ?? ''
  await editor.send('PATCH', `/api/stories/${slug}/updates/${pinned}`, { pinned: true })
  await page.goto(`/stories/${slug}`)
  await expectLive(page)
  await timeline(page)
    .getByRole('article')
    .nth(9)
    .evaluate((article) => article.scrollIntoView({ block: 'start', behavior: 'instant' }))
  await expect(timeline(page).getByRole('article')).toHaveCount(30)
  await page.mouse.move(5, 300)
  const watched = await watchReadingLine(page)

  const path = `/api/stories/${slug}/updates`
  const edit = (number: number, body: string) => editor.send('PATCH', `${path}/${ids[number - 1]}`, { body }, { 'if-match': '1' })
  const long = 'It now says far more than it did. '.repeat(12)
  const first = (await editor.publish(slug, 'The first that the reader has not read.')).body as { id: string }
  await publishMany(editor, slug, 9)
  // Above what is read, on the screen around it, and below it: longer, shorter, pinned on top of the page, and gone.
  await edit(39, `Edited above. ${long}`)
  await edit(36, 'Edited above, shorter.')
  await edit(31, `Edited, and pinned. ${long}`)
  await publishMany(editor, slug, 10)
  await edit(32, `Edited at the top of the screen. ${long}`)
  await edit(20, `Edited below. ${long}`)
  await editor.send('POST', `${path}/${ids[37]}/withdraw`, { notice: 'Taken down above.' })
  await editor.send('POST', `${path}/${ids[34]}/withdraw`, { notice: 'Taken down above as well.' })
  await publishMany(editor, slug, 10)

  const button = page.getByRole('button', { name: '30 new updates' })
  await expect(button).toBeVisible()
  await expect(page).toHaveTitle(/^\(30\) A bridge is closed/)
  await expect(entry(page, 'Taken down above as well.')).toHaveCount(1)
  await expect(entry(page, 'Edited above, shorter.')).toHaveCount(1)
  await expect(page.getByRole('region', { name: 'Pinned' })).toContainText('Edited, and pinned.')
  expect((await watched()).most).toBeLessThan(0.5)

  await button.click()
  await expect(page.locator(`[id="${first.id}"]`)).toBeFocused()
  await expect(entry(page, 'The first that the reader has not read.')).toBeInViewport()
  await expect(timeline(page).getByText('You were here until')).toBeVisible()
  await expect(button).toHaveCount(0)
  await expect(page).toHaveTitle(/^A bridge is closed/)
  await expect(timeline(page).getByRole('article')).toHaveCount(60)
})

test('at the top, new updates slide in and nobody has to press anything', { tag: '@phone-only' }, async ({ page, editor, slug }) => {
  await publishMany(editor, slug, 3)
  await page.goto(`/stories/${slug}`)
  await expectLive(page)
  await editor.publish(slug, 'This slides in.')
  await expect(timeline(page).getByRole('article').first()).toContainText('This slides in.')
  await expect(page.getByRole('button', { name: /new update/ })).toHaveCount(0)
})

test('older updates load as their end comes near, and the text that is read stays where it is', { tag: '@phone-only' }, async ({
  page,
  editor,
  slug,
}) => {
  await publishMany(editor, slug, 60)
  await page.goto(`/stories/${slug}`)
  await expectLive(page)
  await expect(timeline(page).getByRole('article')).toHaveCount(10)
  for (const count of [30, 50, 60]) {
    await timeline(page).getByRole('article').last().scrollIntoViewIfNeeded()
    await expect(timeline(page).getByRole('article')).toHaveCount(count)
  }
  await expect(page.getByRole('link', { name: 'Older updates' })).toHaveCount(0)
  await expect(page.getByText('This is where the story begins.')).toBeVisible()
})

test('newer updates are added above a part of the story without moving what is read', { tag: '@phone-only' }, async ({ page, editor, slug }) => {
  const ids = await publishMany(editor, slug, 60)
  await page.goto(`/stories/${slug}?around=${ids[20]}#${ids[20]}`)
  await expectLive(page)
  const spot = page.locator(`[id="${ids[20]}"]`)
  await expect(spot).toBeInViewport()
  const before = (await spot.boundingBox())?.y ?? Number.NaN
  const count = await timeline(page).getByRole('article').count()
  await page.getByRole('link', { name: 'Newer updates' }).evaluate((link: HTMLAnchorElement) => link.click())
  await expect(timeline(page).getByRole('article')).not.toHaveCount(count)
  const after = (await spot.boundingBox())?.y ?? Number.NaN
  expect(Math.abs(after - before)).toBeLessThan(1)
})
