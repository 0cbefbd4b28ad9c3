import { complaints, expect, expectAccessible, expectLive, liveBar, publishMany, test, timeline } from './fixtures.ts'

test('a fresh install shows one real story, and it reads whole', { tag: '@phone' }, async ({ page }) => {
  const heard = complaints(page)
  await page.goto('/')
  await page.getByRole('link', { name: /Russia accuses Ukraine/ }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/Russia accuses Ukraine of a drone attack/)
  await expect(page.getByRole('region', { name: 'Pinned' })).toContainText('What is known, what is claimed')
  await expect(page.getByRole('region', { name: 'Timeline' }).getByRole('article')).toHaveCount(10)
  await expect(
    page.getByRole('article').filter({ hasText: 'more than 90 drones' }).filter({ hasText: 'Our first version said about 90.' }),
  ).toBeVisible()
  await expect(page.getByText('Monday 29 December 2025')).toBeVisible()
  expect(heard).toEqual([])
})

test('without JavaScript the story, its older parts, its single updates, its key events and its search read whole', async ({
  browser,
  editor,
  slug,
  baseURL,
}) => {
  const [oldest] = await publishMany(editor, slug, 45)
  await editor.publish(slug, 'A turn.', { title: 'A turn', key: true })
  const context = await browser.newContext({ javaScriptEnabled: false, ...(baseURL ? { baseURL } : {}) })
  const page = await context.newPage()
  const articles = timeline(page).getByRole('article')
  const read = new Set<string>()
  const note = async () => {
    for (const id of await articles.evaluateAll((all) => all.map(({ id }) => id))) read.add(id)
  }
  await page.goto(`/stories/${slug}`)
  await expect(articles).toHaveCount(10)
  await note()
  for (const count of [20, 16]) {
    await page.getByRole('link', { name: 'Older updates' }).click()
    await expect(articles).toHaveCount(count)
    await note()
  }
  expect(read.size).toBe(46)
  await page.goto(`/stories/${slug}/updates/${oldest}`)
  await expect(page.locator(`[id="${oldest}"]:target`)).toBeInViewport()
  await page.getByRole('link', { name: 'Newest first' }).click()
  await page.getByRole('navigation', { name: 'Ways to read' }).getByRole('link', { name: 'Key events' }).click()
  await expect(articles).toHaveCount(1)
  await page.goto(`/stories/${slug}/search?q=turn`)
  await expect(page.getByRole('link', { name: /A turn/ })).toBeVisible()
  await page.goto('/')
  await expect(page.getByRole('link', { name: 'A bridge is closed' }).first()).toBeVisible()
  await context.close()
})

test('an address with nothing behind it says what to do', async ({ page }) => {
  for (const path of ['/nowhere', '/stories/nowhere', '/stories/drone-claim-novgorod/updates/01900000-0000-7000-8000-000000000000']) {
    const response = await page.goto(path)
    expect(response?.status()).toBe(404)
    await expect(page.getByRole('heading', { name: 'There is nothing here' })).toBeVisible()
    await expect(page.getByRole('link', { name: 'See all stories' })).toBeVisible()
  }
})

test('the readers’ pages have no accessibility violation', async ({ page, editor, slug }) => {
  test.setTimeout(120_000)
  const empty = await editor.openStory()
  const { id } = (
    await editor.publish(
      slug,
      '## Heading\n\n- a list\n\n> a quote\n\n`code`\n\n```\nblock\n```\n\n![A closed bridge](https://example.org/bridge.jpg)\n\nhttps://example.org/page',
      { title: 'All of it', key: true },
    )
  ).body as { id: string }
  const { id: gone } = (await editor.publish(slug, 'Soon gone.')).body as { id: string }
  await editor.send('POST', `/api/stories/${slug}/updates/${gone}/withdraw`, { notice: 'It was not so.' })
  await editor.send(
    'PATCH',
    `/api/stories/${slug}/updates/${id}`,
    { key: true, title: 'More', correction: { note: 'Not all.' } },
    { 'if-match': '1' },
  )
  for (const path of [
    '/',
    '/stories/drone-claim-novgorod',
    `/stories/${slug}/updates/${id}`,
    `/stories/${empty}`,
    `/stories/${slug}/whole`,
    '/nowhere',
  ]) {
    await page.goto(path)
    await expectAccessible(page)
  }
  await page.goto(`/stories/${slug}`)
  await expectAccessible(page, { colorScheme: 'dark' })
  for (const query of ['more', 'nothing-of-the-kind']) {
    await page.goto(`/stories/${slug}/search?q=${query}`)
    await expectAccessible(page)
  }
})

test('nor while updates wait, without a network, and with a list open', { tag: '@phone-only' }, async ({ page, context, editor, slug }) => {
  test.setTimeout(120_000)
  await editor.publish(slug, 'A turn.', { title: 'A turn', key: true })
  await publishMany(editor, slug, 12)
  await page.goto(`/stories/${slug}`)
  await expectLive(page)
  await timeline(page)
    .getByRole('article')
    .nth(6)
    .evaluate((article) => article.scrollIntoView())
  await publishMany(editor, slug, 9)
  await expect(page.getByRole('button', { name: '9 new updates' })).toBeVisible()
  await expectAccessible(page)
  await context.setOffline(true)
  await expect(liveBar(page)).toContainText('Offline')
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Key events' }).click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await expectAccessible(page)
})
