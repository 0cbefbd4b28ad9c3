import { complaints, expect, expectAccessible, test } from './fixtures.ts'

test('a fresh install shows one real story, and it reads whole', async ({ page }) => {
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

test('an update has a page of its own, whose address its place in the story matches', async ({ page, editor, slug }) => {
  const { id } = (await editor.publish(slug, 'The first of many.', { title: 'First' })).body as { id: string }
  await page.goto(`/stories/${slug}`)
  await page.getByRole('link', { name: /Link to this update/ }).click()
  await expect(page).toHaveURL(`/stories/${slug}/updates/${id}`)
  await expect(page).toHaveTitle(/First/)
  await page.getByRole('link', { name: 'Read it in the story' }).click()
  await expect(page).toHaveURL(`/stories/${slug}#${id}`)
  await expect(page.locator(`[id="${id}"]:target`)).toContainText('The first of many.')

  for (let number = 0; number < 25; number += 1) await editor.publish(slug, `Later ${number}.`)
  await page.goto(`/stories/${slug}/updates/${id}`)
  await page.getByRole('link', { name: 'Read it in the story' }).click()
  await expect(page.locator(`[id="${id}"]:target`)).toContainText('The first of many.')
})

test('older updates are added below, and one that is corrected meanwhile is not brought back', async ({ page, editor, slug }) => {
  const { id } = (await editor.publish(slug, 'The oldest, as it was.')).body as { id: string }
  for (let number = 0; number < 30; number += 1) await editor.publish(slug, `Later ${number}.`)
  await page.goto(`/stories/${slug}`)
  await expect(page.getByRole('article')).toHaveCount(20)
  await expect(page.getByRole('status').filter({ hasText: /^Live$/ })).toBeVisible()
  await editor.send('PATCH', `/api/stories/${slug}/updates/${id}`, { body: 'The oldest, as it is.' }, { 'if-match': '1' })
  await page.getByRole('link', { name: 'Older updates' }).click()
  await expect(page.getByRole('article')).toHaveCount(31)
  await expect(page.getByText('The oldest, as it is.')).toBeVisible()
  await expect(page.getByRole('link', { name: 'Older updates' })).toHaveCount(0)
})

test('without JavaScript the story, its older part and its single updates read whole', async ({ browser, editor, slug, baseURL }) => {
  for (let number = 1; number <= 25; number += 1) await editor.publish(slug, `Update number ${number}.`)
  const context = await browser.newContext({ javaScriptEnabled: false, ...(baseURL ? { baseURL } : {}) })
  const page = await context.newPage()
  await page.goto(`/stories/${slug}`)
  await expect(page.getByText('Update number 25.')).toBeVisible()
  await expect(page.getByRole('article')).toHaveCount(20)
  await page.getByRole('link', { name: 'Older updates' }).click()
  await expect(page.getByRole('article')).toHaveCount(5)
  await page
    .getByRole('link', { name: /Link to this update/ })
    .first()
    .click()
  await expect(page.getByRole('article')).toHaveCount(1)
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

test('the readers’ pages have no accessibility violation in either theme', async ({ page, editor, slug }) => {
  const { id } = (
    await editor.publish(
      slug,
      '## Heading\n\n- a list\n\n> a quote\n\n`code`\n\n```\nblock\n```\n\n![A closed bridge](https://example.org/bridge.jpg)\n\nhttps://example.org/page',
      { title: 'All of it', key: true },
    )
  ).body as { id: string }
  await page.route('https://example.org/**', (route) => route.abort())
  for (const path of ['/', '/stories/drone-claim-novgorod', `/stories/${slug}`, `/stories/${slug}/updates/${id}`, '/nowhere']) {
    await page.goto(path)
    await expectAccessible(page)
  }
})
