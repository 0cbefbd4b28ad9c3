import { entry, expect, expectLive, liveBar, publishMany, test, timeline } from './fixtures.ts'

test.use({ serviceWorkers: 'allow' })

test('a story that was read opens without a network, with all that had come, and says from when it is', async ({ page, context, editor, slug }) => {
  await publishMany(editor, slug, 3)
  await page.goto(`/stories/${slug}`)
  await expectLive(page)
  await page.evaluate(() => navigator.serviceWorker.ready)
  // The first visit was made before there was a worker: this one is kept.
  await page.reload()
  await expectLive(page)
  await editor.publish(slug, 'This came while the page was open.')
  await expect(entry(page, 'This came while the page was open.')).toHaveCount(1)
  await expect
    .poll(() => page.evaluate(async (slug) => (await (await caches.match(`/stories/${slug}/kept-view`))?.text())?.includes('This came while'), slug))
    .toBe(true)

  await context.setOffline(true)
  await page.goto('about:blank')
  await page.goto(`/stories/${slug}`)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('A bridge is closed')
  await expect(entry(page, 'This came while the page was open.')).toHaveCount(1)
  await expect(liveBar(page)).toContainText(/Offline since \d\d:\d\d/)

  await editor.publish(slug, 'And this while nobody could see it.')
  await context.setOffline(false)
  await expectLive(page)
  await expect(entry(page, 'And this while nobody could see it.')).toHaveCount(1)
})

test('the app can be installed', async ({ page, request }) => {
  await page.goto('/')
  const href = await page.locator('link[rel="manifest"]').getAttribute('href')
  const manifest = await (await request.get(href ?? '')).json()
  expect(manifest).toMatchObject({ name: 'Staytuned', start_url: '/' })
  for (const { src, sizes, type } of manifest.icons) {
    const icon = await request.get(src)
    expect(icon.headers()['content-type']).toBe(type)
    if (type === 'image/png') expect(`${(await icon.body()).readUInt32BE(16)}x${(await icon.body()).readUInt32BE(20)}`).toBe(sizes)
  }
})

test('a while without a network under a run of updates: the page says so, and then has each once and in order', async ({
  page,
  context,
  editor,
  slug,
}) => {
  await publishMany(editor, slug, 3)
  await page.goto(`/stories/${slug}`)
  await expectLive(page)
  await context.setOffline(true)
  await expect(liveBar(page)).toContainText(/Offline since \d\d:\d\d/)
  const published = await publishMany(editor, slug, 40)
  await expect(liveBar(page)).toContainText('Offline since')
  await context.setOffline(false)
  await expectLive(page)
  await expect(timeline(page).getByRole('article')).toHaveCount(published.length + 3)
  const shown = await timeline(page)
    .getByRole('article')
    .evaluateAll((articles) => articles.map(({ id }) => id))
  expect(shown.slice(0, published.length)).toEqual(published.toReversed())
})
