import { randomUUID } from 'node:crypto'
import type { Page, Route } from '@playwright/test'
import { admin } from '../running-server.ts'
import { composer, holdFor, openDesk, openTab, textIn } from './desk.ts'
import { complaints, expect, expectAccessible, expectLive, test } from './fixtures.ts'
import { giveCredentials } from './people.ts'

const timeline = (page: Page) => page.getByRole('region', { name: 'Timeline' })
const entry = (page: Page, text: string) => timeline(page).getByRole('article').filter({ hasText: text })

async function write(page: Page, text: string): Promise<void> {
  await textIn(composer(page)).fill(text)
}

const publishButton = (page: Page) => composer(page).getByRole('button', { name: 'Publish', exact: true })

test('an editor signs in, opens a story, and what is published there appears on a reader’s open page', { tag: '@phone' }, async ({
  page,
  browser,
  baseURL,
}) => {
  const heard = complaints(page)
  await page.goto('/admin')
  await expect(page).toHaveURL(/\/admin\/sign-in/)
  await giveCredentials(page, admin.email, admin.password)
  await expect(page).toHaveURL('/admin')
  await page.getByRole('link', { name: 'New story' }).click()
  await page.getByLabel('Headline').fill('Storm closes the harbour')
  await page.getByRole('button', { name: 'Open story' }).click()
  await expect(page).toHaveURL('/admin/stories/storm-closes-the-harbour')

  await holdFor(page, 0)
  const reader = await browser.newPage()
  await reader.goto(`${baseURL}/stories/storm-closes-the-harbour`)
  await expectLive(reader)

  await composer(page).getByLabel('Title').fill('Ferries stop')
  await textIn(composer(page)).pressSequentially('No ferry leaves **today**.')
  await composer(page).getByRole('button', { name: 'Preview' }).click()
  await expect(page.getByRole('region', { name: 'Preview' }).locator('strong')).toHaveText('today')
  await composer(page).getByRole('button', { name: 'Write', exact: true }).click()
  await composer(page).getByLabel('Key event').check()
  await publishButton(page).click()
  await expect(composer(page).getByText('Published at')).toBeVisible()
  await expect(reader.getByRole('article').filter({ hasText: 'No ferry leaves today.' })).toContainText('Key event')
  await expect(entry(page, 'Ferries stop')).toHaveCount(1)
  await expect(textIn(composer(page))).toHaveText('')

  await write(page, 'By keyboard.')
  await page.keyboard.press('ControlOrMeta+Enter')
  await expect(reader.getByRole('article').filter({ hasText: 'By keyboard.' })).toHaveCount(1)
  await reader.close()
  expect(heard).toEqual([])
})

test('an update is edited, corrected in the open, pinned and withdrawn from the desk', { tag: '@phone' }, async ({ page, editor, slug }) => {
  await editor.publish(slug, 'Ten people wait.')
  await openDesk(page, `/admin/stories/${slug}`)

  await entry(page, 'Ten people wait.').getByRole('button', { name: 'Edit' }).click()
  const edit = page.getByRole('dialog', { name: 'Edit update' })
  await textIn(edit).fill('Ten people wait at the pier.')
  await edit.getByRole('button', { name: 'Save changes' }).click()
  await expect(entry(page, 'Ten people wait at the pier.')).toContainText('Edited')

  await entry(page, 'Ten people wait').getByRole('button', { name: 'Correct' }).click()
  const correct = page.getByRole('dialog', { name: 'Correct update' })
  await textIn(correct).fill('Twelve people wait at the pier.')
  await correct.getByLabel('What was wrong, for readers').fill('There are twelve.')
  await correct.getByRole('button', { name: 'Publish correction' }).click()
  await expect(entry(page, 'Twelve people wait')).toContainText('Corrected')

  await entry(page, 'Twelve people wait').getByRole('button', { name: 'Pin', exact: true }).click()
  await expect(entry(page, 'Twelve people wait').getByRole('button', { name: 'Unpin' })).toBeVisible()

  await entry(page, 'Twelve people wait').getByRole('button', { name: 'Withdraw' }).click()
  const withdraw = page.getByRole('dialog', { name: 'Withdraw this update?' })
  await withdraw.getByLabel('Notice for readers').fill('The pier was empty.')
  await withdraw.getByRole('button', { name: 'Withdraw for good' }).click()
  await expect(entry(page, 'The pier was empty.')).toHaveCount(1)

  const view = (await editor.send('GET', `/api/stories/${slug}`)).body as {
    updates: { version: number; corrections: unknown[]; withdrawal: unknown }[]
    pinned: unknown
  }
  expect(view).toMatchObject({
    pinned: null,
    updates: [{ version: 4, corrections: [{ note: 'There are twelve.' }], withdrawal: { notice: 'The pier was empty.' } }],
  })
})

test('what was typed survives a reload, and an expired session, and is published once', async ({ page, editor, slug, context }) => {
  await openDesk(page, `/admin/stories/${slug}`)
  await write(page, 'A sentence that must not be lost.')
  await page.reload()
  await expect(textIn(composer(page))).toHaveText('A sentence that must not be lost.')

  await context.clearCookies()
  await publishButton(page).click()
  const dialog = page.getByRole('dialog', { name: 'Sign in to go on' })
  await giveCredentials(dialog, admin.email, admin.password)
  await expect(entry(page, 'A sentence that must not be lost.')).toHaveCount(1)
  expect((await editor.send('GET', `/api/stories/${slug}`)).body).toMatchObject({ head: 2 })
})

test('an answer that got lost is asked for again, and nothing is published twice', async ({ page, editor, slug }) => {
  await openDesk(page, `/admin/stories/${slug}`)
  await write(page, 'Sent once, answered never.')
  await page.route(`**/api/stories/${slug}/updates`, async (route) => {
    await route.fetch()
    await route.abort()
  })
  await publishButton(page).click()
  const outbox = page.getByRole('region', { name: 'On its way' })
  await expect(outbox).toContainText('Sent once, answered never.')
  await expect(outbox.getByText('The server could not be reached.')).toBeVisible()
  await expect(outbox.getByRole('button', { name: 'Take back and edit' })).toHaveCount(0)
  await page.unroute(`**/api/stories/${slug}/updates`)
  await outbox.getByRole('button', { name: 'Try again' }).click()
  await expect(outbox).toHaveCount(0)
  await expect(composer(page).getByText('Published at')).toBeVisible()
  expect((await editor.send('GET', `/api/stories/${slug}`)).body).toMatchObject({ head: 2 })
})

test('of two editors who change one update the second sees both texts with the difference marked, and saves what they choose', async ({
  page,
  editor,
  slug,
}) => {
  const { id } = (await editor.publish(slug, 'The quay is dry.', { title: 'The quay' })).body as { id: string }
  await openDesk(page, `/admin/stories/${slug}`)
  await entry(page, 'The quay').getByRole('button', { name: 'Edit' }).click()
  const edit = page.getByRole('dialog', { name: 'Edit update' })
  await textIn(edit).fill('The quay is under water.')
  await edit.getByLabel('Key event').check()
  const theirs = { title: 'The north quay', body: 'The quay is wet.' }
  await editor.send('PATCH', `/api/stories/${slug}/updates/${id}`, theirs, { 'if-match': '1' })
  await page.getByRole('button', { name: 'Save changes' }).click()
  const conflict = page.getByRole('dialog', { name: 'Changed by somebody else' })
  const text = conflict.getByRole('group', { name: 'Text' })
  await expect(text.locator('del')).toHaveText('wet')
  await expect(text.locator('ins')).toHaveText('under water')
  // What only one of the two has changed is theirs or mine by itself; what both have is mine until I say otherwise.
  const chosen = (field: string, side: string) => conflict.getByRole('group', { name: field }).getByRole('radio', { name: side })
  await expect(chosen('Title', 'Theirs')).toBeChecked()
  await expect(chosen('Key event', 'Mine')).toBeChecked()
  await expect(chosen('Text', 'Mine')).toBeChecked()
  await expectAccessible(page)
  await chosen('Text', 'Theirs').check()
  await chosen('Text', 'Mine').check()
  await conflict.getByRole('button', { name: 'Save what is chosen' }).click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(entry(page, 'The north quay')).toHaveCount(1)
  const saved = { title: 'The north quay', key: true, version: 3, body: { content: [{ content: [{ text: 'The quay is under water.' }] }] } }
  expect((await editor.send('GET', `/api/stories/${slug}`)).body).toMatchObject({ updates: [saved] })
})

test('a draft is kept, seen by nobody, edited and published; and the story is closed and reopened', async ({ page, editor, slug }) => {
  await openDesk(page, `/admin/stories/${slug}`)
  await write(page, 'Not yet.')
  await composer(page).getByRole('button', { name: 'Save as draft' }).click()
  const drafts = await openTab(page, 'Drafts')
  await expect(drafts.getByRole('article')).toContainText('Not yet.')
  expect((await editor.send('GET', `/api/stories/${slug}`)).body).toMatchObject({ head: 1 })
  await drafts.getByRole('button', { name: 'Publish' }).click()
  await openTab(page, 'Published')
  await expect(entry(page, 'Not yet.')).toHaveCount(1)

  await page.getByRole('button', { name: 'Close story' }).click()
  await page.getByRole('dialog', { name: 'Close this story?' }).getByRole('button', { name: 'Close story' }).click()
  await expect(page.getByRole('button', { name: 'Reopen' })).toBeVisible()
  expect((await editor.send('GET', `/api/stories/${slug}`)).body).toMatchObject({ story: { status: 'closed' } })
  await page.getByRole('button', { name: 'Reopen' }).click()
  await expect(page.getByRole('button', { name: 'Close story' })).toBeVisible()
})

test('a wrong password is told, and the way back leads nowhere else', async ({ page }) => {
  await page.goto('/admin/sign-in?to=//evil.example/')
  await page.getByLabel('E-mail').fill(admin.email)
  await page.getByLabel('Password').fill('not-the-password')
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page.getByRole('main').getByRole('alert')).toBeVisible()
  await page.getByLabel('Password').fill(admin.password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page).toHaveURL('/admin')
})

test('the desk has no accessibility violation', async ({ page, editor, slug }) => {
  await editor.publish(slug, 'An update.', { title: 'A title', key: true })
  await editor.publish(slug, 'A draft.', { status: 'draft' })
  await page.goto('/admin/sign-in')
  await expectAccessible(page)
  await openDesk(page, `/admin/stories/${slug}`)
  await expectAccessible(page)
  await expectAccessible(page, { colorScheme: 'dark' })
  await page.goto('/admin')
  await expectAccessible(page)
  await page.goto('/admin/stories/new')
  await expectAccessible(page)
})

test('a story whose answer was lost on the way is opened once, also after a reload', async ({ page, editor }) => {
  const headline = `Lost on the way ${randomUUID().slice(0, 8)}`
  await openDesk(page, '/admin/stories/new')
  await page.getByLabel('Headline').fill(headline)
  const loseAnswer = async (route: Route) => {
    await route.fetch()
    await route.abort()
  }
  await page.route('**/api/stories', loseAnswer, { times: 1 })
  await page.getByRole('button', { name: 'Open story' }).click()
  await expect(page.getByRole('main').getByRole('alert')).toBeVisible()
  await page.reload()
  await page.getByRole('button', { name: 'Open story' }).click()
  await expect(page).toHaveURL(/\/admin\/stories\/lost-on-the-way-\w+$/)
  const { body } = await editor.send('GET', '/api/stories')
  expect(JSON.stringify(body).split(headline)).toHaveLength(2)
})
