import type { Page } from '@playwright/test'
import { entry, expect, expectAccessible, expectLive, publishMany, test } from './fixtures.ts'

const told = (page: Page) => page.getByRole('complementary', { name: 'Something you read was corrected' })

async function correct(editor: { send: (...args: [string, string, unknown, Record<string, string>]) => Promise<unknown> }, slug: string, id: string) {
  const change = { body: 'Three people are hurt.', correction: { note: 'One more was found.' } }
  await editor.send('PATCH', `/api/stories/${slug}/updates/${id}`, change, { 'if-match': '1' })
}

test('whoever has read what is corrected is told, once, and sees what it said', { tag: '@phone-only' }, async ({ page, editor, slug }) => {
  const { id } = (await editor.publish(slug, 'Two people are hurt.')).body as { id: string }
  await page.goto(`/stories/${slug}`)
  await expectLive(page)
  await expect.poll(() => readBy(page, slug)).toContain(id)
  await correct(editor, slug, id)
  await expect(told(page)).toContainText('Something you read was corrected: Three people are hurt.')
  await expectAccessible(page)
  await told(page).getByRole('link', { name: 'See the correction' }).click()
  await expect(page).toHaveURL(`/stories/${slug}/corrections#${id}-2`)
  const change = page.getByRole('listitem').filter({ hasText: 'One more was found.' })
  await expect(change.locator('del')).toHaveText('Two')
  await expect(change.locator('ins')).toHaveText('Three')
  await expectAccessible(page)

  await page.getByRole('link', { name: 'Back to the story' }).click()
  await expectLive(page)
  await expect(entry(page, 'Three people are hurt.').getByRole('link', { name: 'What it said' })).toBeVisible()
  await expect(page.getByRole('link', { name: '1 correction' })).toBeVisible()
  // Programs are told as well; and what they are told stays while the page is alive.
  expect(await page.locator('script[type="application/ld+json"]').textContent()).toContain('LiveBlogPosting')
  const [, structured = ''] = /<script type="application\/ld\+json">(.*?)<\/script>/.exec(await (await page.request.get(page.url())).text()) ?? []
  expect(JSON.parse(structured)['@graph'][0].liveBlogUpdate[0].correction).toMatchObject([
    { '@type': 'CorrectionComment', text: 'One more was found.' },
  ])
  await expect(told(page)).toHaveCount(0)
})

test('who comes back is told of what was corrected meanwhile, however far back it stands, and who never read it isn’t', async ({
  page,
  browser,
  editor,
  slug,
  baseURL,
}) => {
  const { id } = (await editor.publish(slug, 'Two people are hurt.')).body as { id: string }
  await page.goto(`/stories/${slug}`)
  await expect.poll(() => readBy(page, slug)).toContain(id)
  await page.goto('/')
  await publishMany(editor, slug, 15)
  await correct(editor, slug, id)
  await page.goto(`/stories/${slug}`)
  await expect(told(page)).toBeVisible()
  await told(page).getByRole('button', { name: 'Close' }).click()
  await expect(told(page)).toHaveCount(0)
  await page.reload()
  await expectLive(page)
  await expect.poll(() => readBy(page, slug)).toContain(id)
  await expect(told(page)).toHaveCount(0)

  const other = await browser.newPage()
  await other.goto(`${baseURL}/stories/${slug}`)
  await expectLive(other)
  await expect.poll(() => readBy(other, slug)).not.toBe('')
  await expect(told(other)).toHaveCount(0)
  await other.close()
})

test('a typing error that was mended is in the open, but nobody is told', async ({ page, browser, baseURL, editor, slug }) => {
  const { id } = (await editor.publish(slug, 'Two peple are hurt.')).body as { id: string }
  await page.goto(`/stories/${slug}`)
  await expectLive(page)
  await expect.poll(() => readBy(page, slug)).toContain(id)
  await editor.send('PATCH', `/api/stories/${slug}/updates/${id}`, { body: 'Two people are hurt.' }, { 'if-match': '1' })
  await expect(entry(page, 'Two people are hurt.')).toHaveCount(1)
  await expect(told(page)).toHaveCount(0)

  const plain = await (await browser.newContext({ baseURL: baseURL ?? '', javaScriptEnabled: false })).newPage()
  await plain.goto(`/stories/${slug}`)
  await plain.getByRole('link', { name: 'Corrections' }).click()
  await expect(plain.getByText('Nothing in this story has been corrected.')).toBeVisible()
  await plain.getByText('Small changes').click()
  await expect(plain.locator('ins')).toHaveText('people')
  await plain.context().close()
})

/** What the page has noted as read of the story. It is kept as the page is hidden, so it is hidden for a moment. */
function readBy(page: Page, slug: string): Promise<string> {
  return page.evaluate((key) => {
    document.dispatchEvent(new Event('visibilitychange'))
    return localStorage.getItem(key) ?? ''
  }, `staytuned.read.${slug}`)
}
