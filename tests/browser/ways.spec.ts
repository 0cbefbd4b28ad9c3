import { entry, expect, expectLive, publishMany, test, timeline } from './fixtures.ts'

test('a story is read from the start, in order, as far as it goes', async ({ page, editor, slug }) => {
  await publishMany(editor, slug, 45)
  await page.goto(`/stories/${slug}`)
  await page.getByRole('link', { name: 'From the start' }).click()
  await expectLive(page)
  await expect(timeline(page).getByRole('article').first()).toContainText('Update number 1.')
  for (const count of [30, 45]) {
    await timeline(page).getByRole('article').last().scrollIntoViewIfNeeded()
    await expect(timeline(page).getByRole('article')).toHaveCount(count)
  }
  await expect(timeline(page).getByRole('article').last()).toContainText('Update number 45.')
  await timeline(page).getByRole('article').last().scrollIntoViewIfNeeded()
  await editor.publish(slug, 'The newest comes last.')
  await expect(timeline(page).getByRole('article').last()).toContainText('The newest comes last.')
})

test('key events alone, and what becomes one', async ({ page, editor, slug }) => {
  const ids = await publishMany(editor, slug, 6)
  await editor.publish(slug, 'This one matters.', { key: true, title: 'A key event' })
  await page.goto(`/stories/${slug}?show=key`)
  await expectLive(page)
  await expect(timeline(page).getByRole('article')).toHaveCount(1)
  await editor.publish(slug, 'This one does not.')
  await editor.send('PATCH', `/api/stories/${slug}/updates/${ids[2]}`, { key: true }, { 'if-match': '1' })
  await expect(timeline(page).getByRole('article')).toHaveCount(2)
  await expect(entry(page, 'This one does not.')).toHaveCount(0)
})

test('the list of key events leads to each of them, also to one that is not on the page', { tag: '@phone' }, async ({
  page,
  editor,
  slug,
  isMobile,
}) => {
  await editor.publish(slug, 'Where it all began.', { key: true, title: 'The beginning' })
  await publishMany(editor, slug, 45)
  await editor.publish(slug, 'The newest of them.', { key: true, title: 'The newest turn' })
  await page.goto(`/stories/${slug}`)
  await expectLive(page)
  const open = () => page.getByRole('button', { name: 'Key events' }).click()
  if (isMobile) await open()
  const list = isMobile ? page.getByRole('dialog', { name: 'Key events' }) : page.getByRole('complementary', { name: 'Key events' })
  await expect(list.getByRole('listitem')).toHaveCount(2)
  await list.getByRole('link', { name: 'The newest turn' }).click()
  await expect(entry(page, 'The newest of them.')).toBeInViewport()
  if (isMobile) await open()
  await list.getByRole('link', { name: 'The beginning' }).click()
  await expect(entry(page, 'Where it all began.')).toBeInViewport()
  await expectLive(page)
})

test('an update passed on by its own address opens in its place, with its neighbours, however far back it is', { tag: '@phone-only' }, async ({
  page,
  editor,
  slug,
}) => {
  const ids = await publishMany(editor, slug, 70)
  const [from, id] = [ids[9], ids[10] ?? '']
  await page.goto(`/stories/${slug}/updates/${id}`)
  await expect(page).toHaveURL(`/stories/${slug}?around=${id}#${id}`)
  await expect(page.locator(`[id="${id}"]`)).toBeInViewport()
  await expect(page.locator(`[id="${from}"]`)).toHaveCount(1)
  await expect(page.locator(`[id="${ids[11]}"]`)).toHaveCount(1)
  await expect(page.locator(`[id="${ids[60]}"]`)).toHaveCount(0)
  await expect(page.locator('meta[property="og:description"]')).toHaveAttribute('content', /^Update number 11\./)
  await expectLive(page)
  await editor.publish(slug, 'Meanwhile, at the other end.')
  await page.getByRole('button', { name: '1 new update' }).click()
  await expect(entry(page, 'Meanwhile, at the other end.')).toBeInViewport()
})

test('a bar of the chart leads to its time', { tag: '@phone-only' }, async ({ page }) => {
  await page.goto('/stories/drone-claim-novgorod')
  await expectLive(page)
  const chart = page.getByRole('slider', { name: /Updates over time/ })
  await chart.focus()
  await page.keyboard.press('Home')
  await expect(chart).toHaveAttribute('aria-valuetext', /^\d\d:\d\d to \d\d:\d\d: \d+ updates?, with a key event$/)
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\?at=2025-12-29T.*#at$/)
  await expect(page.locator('article:has(#at)')).toBeInViewport()

  await expectLive(page)
  const { width = 0 } = (await chart.boundingBox()) ?? {}
  await chart.click({ position: { x: width - 2, y: 10 } })
  await expect(page.locator('article:has(#at)')).toContainText('Still unverified')
})

test('words are found in the story, in any language, and lead to where they stand', { tag: '@phone-only' }, async ({ page, editor, slug }) => {
  await editor.publish(slug, 'Мости через Дніпро зачинено.', { title: 'Київ', language: 'uk' })
  await editor.publish(slug, 'The governor spoke of “limited damage” at the pumping station.')
  await publishMany(editor, slug, 30)
  await page.goto(`/stories/${slug}/search`)
  await page.getByRole('searchbox', { name: 'Search this story' }).fill('pump')
  await page.keyboard.press('Enter')
  await expect(page.getByText('1 update with “pump”')).toBeVisible()
  await expect(page.locator('mark')).toHaveText('pumping')
  await page.getByRole('link', { name: /limited damage/ }).click()
  await expect(entry(page, 'limited damage')).toBeInViewport()

  await page.goto(`/stories/${slug}/search?q=${encodeURIComponent('дніпр')}`)
  await expect(page.getByRole('link', { name: /Мости/ })).toBeVisible()
  await page.goto(`/stories/${slug}/search?q=update`)
  await expect(page.getByText('The newest 20 updates with “update”')).toBeVisible()
  await page.getByRole('link', { name: 'Older findings' }).click()
  await expect(page.getByRole('listitem')).toHaveCount(10)
  await page.goto(`/stories/${slug}/search?q=xylophone`)
  await expect(page.getByText('Nothing found for “xylophone”.')).toBeVisible()
})

test('the whole story prints in order, with the addresses of its links', async ({ page, editor, slug }) => {
  await editor.publish(slug, 'See the [gauges](https://example.org/gauges).')
  await publishMany(editor, slug, 130)
  await page.goto(`/stories/${slug}`)
  await page.getByRole('link', { name: 'Print the whole story' }).click()
  await expect(timeline(page).getByRole('article')).toHaveCount(131)
  await expect(timeline(page).getByRole('article').nth(1)).toContainText('Update number 1.')
  await page.emulateMedia({ media: 'print' })
  await expect(page.getByRole('banner')).toBeHidden()
  const shown = await page.getByRole('link', { name: 'gauges' }).evaluate((link) => getComputedStyle(link, '::after').content)
  expect(shown).toContain('example.org/gauges')
})

test('live updates switched off stay off, and on again everything is there', async ({ page, editor, slug }) => {
  await publishMany(editor, slug, 2)
  await page.goto(`/stories/${slug}`)
  await expectLive(page)
  await page.getByRole('switch', { name: 'Live updates' }).click()
  await expect(page.getByText('Live updates are off').first()).toBeVisible()
  await editor.publish(slug, 'While it was off.')
  await page.reload()
  await expect(page.getByRole('switch', { name: 'Live updates' })).toHaveAttribute('aria-checked', 'false')
  await editor.publish(slug, 'Off after a reload as well.')
  await expect(page.getByText('Live updates are off').first()).toBeVisible()
  await expect(entry(page, 'Off after a reload as well.')).toHaveCount(0)
  await page.getByRole('switch', { name: 'Live updates' }).click()
  await expectLive(page)
  await expect(entry(page, 'Off after a reload as well.')).toHaveCount(1)
  await expect(entry(page, 'While it was off.')).toHaveCount(1)
})

test('an update is passed on by its own address', async ({ page, context, editor, slug }) => {
  const [id] = await publishMany(editor, slug, 1)
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  // As in a browser that has no way of sharing of its own.
  await page.addInitScript(() => Object.defineProperty(Navigator.prototype, 'share', { value: undefined }))
  await page.goto(`/stories/${slug}`)
  await page.getByRole('button', { name: /^Share the update of/ }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Link copied' })).toHaveCount(1)
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(new RegExp(`/stories/${slug}/updates/${id}$`))
})

test('the first page is live: a new story, a newest line, a headline', { tag: '@phone-only' }, async ({ page, editor }) => {
  const slug = await editor.openStory({ headline: 'A dam is inspected' })
  await page.goto('/')
  const story = page.getByRole('article').filter({ hasText: 'A dam is inspected' })
  await expect(story).toHaveCount(1)
  await expect(page.getByText('This list is live')).toBeVisible()
  await expect(async () => {
    await editor.publish(slug, 'No damage was found.', { title: 'No damage' })
    await expect(story).toContainText('No damage', { timeout: 1_000 })
  }).toPass()
  await expect(story).toContainText(/updates? in the last hour/)
  await editor.send('PATCH', `/api/stories/${slug}`, { headline: 'The dam is safe' })
  await expect(page.getByRole('link', { name: 'The dam is safe' })).toBeVisible()
})
