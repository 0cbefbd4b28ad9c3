import type { Browser, Page } from '@playwright/test'
import { composer, openDesk, textIn } from './desk.ts'
import { complaints, expect, expectAccessible, test } from './fixtures.ts'

/** The same person at the same desk, in a browser that knows nothing of the first. */
async function anotherBrowser(browser: Browser, baseURL: string | undefined, path: string): Promise<Page> {
  const page = await (await browser.newContext({ baseURL: baseURL ?? '' })).newPage()
  await openDesk(page, path)
  return page
}

const elsewhere = (page: Page) => composer(page).getByRole('region', { name: 'Typed in another browser' })

/** Once what is typed has been saved, for which the page waits a while. Its clock must have been installed. */
async function kept(page: Page): Promise<void> {
  await page.clock.fastForward(5_000)
  await expect(composer(page).getByText('Kept on the server as well')).toBeVisible()
}

test('what was begun in one browser is gone on with in another, and published once', async ({ page, browser, baseURL, editor, slug }) => {
  const heard = complaints(page)
  const desk = `/admin/stories/${slug}`
  await page.clock.install()
  await openDesk(page, desk)
  await composer(page).getByLabel('Title').fill('The water')
  await textIn(composer(page)).click()
  await page.keyboard.type('It is rising')
  await kept(page)

  const other = await anotherBrowser(browser, baseURL, desk)
  await expect(elsewhere(other)).toContainText('The water')
  await expect(elsewhere(other)).toContainText(/Not sent\. Last saved .* \d\d:\d\d/)
  await expectAccessible(other)
  // Nothing that is being written is written over.
  await textIn(composer(other)).click()
  await other.keyboard.type('x')
  await expect(elsewhere(other).getByText('Publish or empty what you are writing first.')).toBeVisible()
  await expect(elsewhere(other).getByRole('button', { name: 'Write on here' })).toHaveAttribute('aria-disabled', 'true')
  await other.keyboard.press('Backspace')
  await elsewhere(other).getByRole('button', { name: 'Write on here' }).click()
  await expect(elsewhere(other)).toHaveCount(0)
  await expect(composer(other).getByLabel('Title')).toHaveValue('The water')
  await expect(textIn(composer(other))).toBeFocused()
  await other.keyboard.press('ControlOrMeta+End')
  await other.keyboard.type(' fast.')
  await other.keyboard.press('ControlOrMeta+Enter')
  await expect(composer(other).getByText('Published at')).toBeVisible({ timeout: 20_000 })

  await page.reload()
  await expect(composer(page).getByText('You took this text to another browser and went on there.')).toBeVisible()
  await expect(elsewhere(page)).toHaveCount(0)
  await expectAccessible(page)
  await composer(page).getByRole('button', { name: 'Empty it here' }).click()
  await expect(textIn(composer(page))).toHaveText('')
  await expect(composer(page).getByText('You took this text')).toHaveCount(0)

  const { user } = (await editor.send('GET', '/api/auth/get-session')).body as { user: { id: string } }
  await expect.poll(async () => (await editor.send('GET', `/api/stories/${slug}/unsent?personId=${user.id}`)).body).toEqual({ texts: [] })
  const { body } = await editor.send('GET', `/api/stories/${slug}`)
  expect(body).toMatchObject({ updates: [{ title: 'The water', body: { content: [{ content: [{ text: 'It is rising fast.' }] }] } }] })
  expect(heard).toEqual([])
  await other.context().close()
})

test('what is typed without a network reaches the server when it is back, and is thrown away after one was asked', async ({
  page,
  browser,
  baseURL,
  slug,
}) => {
  const desk = `/admin/stories/${slug}`
  await page.clock.install()
  await openDesk(page, desk)
  await textIn(composer(page)).click()
  await page.context().setOffline(true)
  await page.keyboard.type('Typed in a tunnel')
  await expect(composer(page).getByText('Kept in this browser alone until the server can be reached')).toBeVisible()
  await page.context().setOffline(false)
  await kept(page)

  const other = await anotherBrowser(browser, baseURL, desk)
  await expect(elsewhere(other)).toContainText('Typed in a tunnel')
  await elsewhere(other).getByRole('button', { name: 'Throw away' }).click()
  const question = other.getByRole('dialog', { name: 'Throw the text away?' })
  await question.getByRole('button', { name: 'Cancel' }).click()
  await expect(elsewhere(other)).toContainText('Typed in a tunnel')
  await elsewhere(other).getByRole('button', { name: 'Throw away' }).click()
  await question.getByRole('button', { name: 'Throw away' }).click()
  await expect(elsewhere(other)).toHaveCount(0)
  await other.reload()
  await expect(textIn(composer(other))).toHaveText('')
  await expect(elsewhere(other)).toHaveCount(0)
  // It isn't gone from where it was typed.
  await page.reload()
  await expect(textIn(composer(page))).toHaveText('Typed in a tunnel')
  await other.context().close()
})

test('nothing that was typed is lost to a browser that loses all it keeps', async ({ page, slug }) => {
  await page.clock.install()
  await openDesk(page, `/admin/stories/${slug}`)
  await textIn(composer(page)).click()
  await page.keyboard.type('All that there is')
  await kept(page)
  await page.evaluate(() => localStorage.clear())
  await page.reload()
  await elsewhere(page).getByRole('button', { name: 'Write on here' }).click()
  await expect(textIn(composer(page))).toHaveText('All that there is')
})
