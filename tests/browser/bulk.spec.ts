import type { Page } from '@playwright/test'
import { ApiClient } from '../api-client.ts'
import { colleagues } from '../people.ts'
import { openDesk, openTab } from './desk.ts'
import { complaints, expect, expectAccessible, publishMany, test } from './fixtures.ts'

const bar = (page: Page) => page.getByRole('region', { name: 'What is selected' })
const box = (page: Page, title: string) => page.getByRole('checkbox', { name: `Select: ${title}` })
const does = (page: Page, name: string) => bar(page).getByRole('button', { name, exact: true })
const select = (page: Page) => page.getByRole('button', { name: 'Select', exact: true })

async function write(editor: ApiClient, slug: string, fields: Record<string, unknown>, ...titles: string[]): Promise<void> {
  for (const title of titles) await editor.publish(slug, `${title} is what it says.`, { title, ...fields })
}

/** What readers have, newest first. */
async function read(editor: ApiClient, slug: string) {
  const { body } = await editor.send('GET', `/api/stories/${slug}`)
  return (body as { head: number; updates: { title: string; key: boolean; withdrawal: { notice: string } | null }[] }).updates
}

test('several drafts are published, oldest first; those between two that are ticked with Shift are among them', { tag: '@phone' }, async ({
  page,
  editor,
  slug,
}) => {
  const heard = complaints(page)
  await write(editor, slug, { status: 'draft' }, 'One', 'Two', 'Three', 'Four')
  await openDesk(page, `/admin/stories/${slug}`)
  const drafts = await openTab(page, 'Drafts')
  await select(page).click()
  await expect(does(page, 'Publish')).toHaveAttribute('aria-disabled')
  await box(page, 'Four').check()
  await box(page, 'Two').click({ modifiers: ['Shift'] })
  await expect(bar(page).getByRole('status')).toHaveText('3 selected')
  await expect(box(page, 'One')).not.toBeChecked()
  await expectAccessible(page)
  await does(page, 'Publish').click()
  await expect(page.getByText('All 3 are done.')).toBeAttached()
  await expect(bar(page)).toHaveCount(0)
  await expect(drafts.getByRole('article')).toHaveCount(1)
  expect((await read(editor, slug)).map(({ title }) => title)).toEqual(['Four', 'Three', 'Two'])
  expect(heard).toEqual([])
})

test('a network that fails in the middle ends it; what is left stays selected and is published once, in its place', async ({
  page,
  editor,
  slug,
}) => {
  await write(editor, slug, { status: 'draft' }, 'One', 'Two', 'Three', 'Four')
  await openDesk(page, `/admin/stories/${slug}`)
  await openTab(page, 'Drafts')
  await select(page).click()
  await does(page, 'Select all').click()
  let calls = 0
  await page.route(`**/api/stories/${slug}/updates/*`, async (route) => {
    calls += 1
    if (calls === 1) return route.continue()
    // The second is done, and the answer gets lost.
    if (calls === 2) await route.fetch()
    return route.abort()
  })
  await does(page, 'Publish').click()
  await expect(bar(page).getByRole('status')).toHaveText('1 of 4 done. The server stopped answering.')
  expect(calls).toBe(2)
  // That it was done is told by the desk itself.
  await expect(page.getByRole('tabpanel').getByRole('checkbox')).toHaveCount(2)
  await does(page, 'Try again').click()
  await expect(page.getByRole('article').filter({ hasText: 'Three' }).getByRole('alert')).toContainText('it isn’t known whether this was done')
  await expectAccessible(page)
  await page.unroute(`**/api/stories/${slug}/updates/*`)
  await does(page, 'Try again').click()
  await expect(page.getByText('No drafts.')).toBeVisible()
  expect((await read(editor, slug)).map(({ title }) => title)).toEqual(['Four', 'Three', 'Two', 'One'])
})

test('it can be stopped, and what one of them is refused for stands at its row', async ({ page, editor, slug }) => {
  const ids = await publishMany(editor, slug, 3)
  await openDesk(page, `/admin/stories/${slug}`)
  await select(page).click()
  await does(page, 'Select all').click()
  let release = () => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  await page.route(`**/api/stories/${slug}/updates/*`, async (route) => {
    await held
    await route.continue()
  })
  await does(page, 'Key event').click()
  await expect(page.getByText('Making it a key event …')).toBeVisible()
  await does(page, 'Stop').click()
  await expect(does(page, 'Stopping …')).toBeVisible()
  release()
  await expect(bar(page).getByRole('status')).toHaveText('1 of 3 done. You stopped it.')
  await page.unroute(`**/api/stories/${slug}/updates/*`)
  expect((await read(editor, slug)).map(({ key }) => key)).toEqual([false, false, true])

  // A colleague is quicker, and this desk hasn't heard of it.
  await page.route(`**/api/stories/${slug}/updates/${ids[1]}`, async (route) => {
    await editor.send('PATCH', `/api/stories/${slug}/updates/${ids[1]}`, { title: 'Two' }, { 'if-match': '1' })
    await route.continue()
  })
  await does(page, 'Try again').click()
  await expect(bar(page).getByRole('status')).toHaveText('1 of 2 done. The others say why.')
  const row = page.getByRole('article').filter({ hasText: 'Two' })
  await expect(row.getByRole('alert')).toBeVisible()
  await page.unroute(`**/api/stories/${slug}/updates/${ids[1]}`)
  await row.getByRole('button', { name: 'Try again' }).click()
  await expect(row).toContainText('Key event')
  await expect(row.getByRole('alert')).toHaveCount(0)
})

test('what can’t be undone is asked about, with the number; one note goes with all', async ({ page, editor, slug }) => {
  await write(editor, slug, { status: 'draft' }, 'One', 'Two')
  await write(editor, slug, { status: 'submitted', breaking: true }, 'Three', 'Four')
  await write(editor, slug, { status: 'draft', publishAt: '2099-01-01T10:00:00Z' }, 'Five')
  await write(editor, slug, {}, 'Six', 'Seven')
  await openDesk(page, `/admin/stories/${slug}`)

  await select(page).click()
  await does(page, 'Select all').click()
  await does(page, 'Withdraw').click()
  await page.getByRole('dialog', { name: 'Withdraw 2 updates?' }).getByRole('button', { name: 'Go on to the notice' }).click()
  const notice = page.getByRole('dialog', { name: 'One notice in the place of all 2' })
  await notice.getByLabel('Notice for readers').fill('Both were wrong.')
  await expectAccessible(page)
  await notice.getByRole('button', { name: 'Withdraw all 2 for good' }).click()
  await expect(page.getByText('All 2 are done.')).toBeAttached()
  expect((await read(editor, slug)).map(({ withdrawal }) => withdrawal?.notice)).toEqual(['Both were wrong.', 'Both were wrong.'])

  const drafts = await openTab(page, 'Drafts')
  await select(page).click()
  await does(page, 'Select all').click()
  await does(page, 'Discard').click()
  await page.getByRole('dialog', { name: 'Discard 2 drafts?' }).getByRole('button', { name: 'Discard all 2' }).click()
  await expect(drafts.getByText('No drafts.')).toBeVisible()

  await openTab(page, 'Queue')
  await select(page).click()
  await box(page, 'Three').check()
  await does(page, 'Send back').click()
  const note = page.getByRole('dialog', { name: 'Send one draft back?' })
  await note.getByLabel('What is to be done').fill('Which bridge?')
  await note.getByRole('button', { name: 'Send back' }).click()
  await expect(box(page, 'Three')).toHaveCount(0)
  await expect(select(page)).toBeVisible()
  await select(page).click()
  await box(page, 'Four').check()
  await does(page, 'Publish').click()
  await page.getByRole('dialog', { name: 'Publish as breaking?' }).getByRole('button', { name: 'Publish as breaking' }).click()
  await expect(page.getByText('Nothing waits for an editor.')).toBeVisible()

  await openTab(page, 'Scheduled')
  await select(page).click()
  await does(page, 'Select all').click()
  await does(page, 'Unschedule').click()
  await expect(page.getByText('Nothing is scheduled.')).toBeVisible()
  await expect((await openTab(page, 'Drafts')).getByRole('article')).toHaveCount(2)
})

test('without a mouse: ranges by Shift and the space bar, and Escape leaves; a contributor selects their own', async ({ page, server, slug }) => {
  const contributor = await ApiClient.signedIn(server.url, colleagues.contributor)
  await write(contributor, slug, { status: 'draft' }, 'One', 'Two', 'Three')
  await openDesk(page, `/admin/stories/${slug}`, colleagues.contributor)
  await expect(select(page)).toHaveCount(0)
  await openTab(page, 'Drafts')
  await select(page).focus()
  await page.keyboard.press('Enter')
  await box(page, 'Three').focus()
  await page.keyboard.press('Space')
  await box(page, 'One').focus()
  await page.keyboard.press('Shift+Space')
  await expect(bar(page).getByRole('status')).toHaveText('3 selected')
  await page.keyboard.press('Escape')
  await expect(bar(page)).toHaveCount(0)
  await expect(select(page)).toBeFocused()
  await page.keyboard.press('Enter')
  await does(page, 'Select all').click()
  await does(page, 'Submit').click()
  await expect(page.getByText('No drafts.')).toBeVisible()
  await openTab(page, 'Submitted')
  await select(page).click()
  await box(page, 'Two').check()
  await does(page, 'Take back').click()
  await expect((await openTab(page, 'Drafts')).getByRole('article')).toContainText('Two')
})

test('a row says at once what is being done to it, and shows nothing as done that isn’t; if it fails it can be tried again or left', async ({
  page,
  editor,
  slug,
}) => {
  await editor.publish(slug, 'Ten people wait.', { title: 'One' })
  await write(editor, slug, { status: 'draft' }, 'Two')
  await openDesk(page, `/admin/stories/${slug}`)
  const calls = `**/api/stories/${slug}/updates/*`
  const row = page.getByRole('tabpanel').getByRole('article')
  let release = () => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  await page.route(calls, async (route) => {
    await held
    await route.abort()
  })
  await row.getByRole('button', { name: 'Pin', exact: true }).click()
  await expect(row.getByText('Pinning …')).toBeVisible()
  await expect(row.getByText('Pinned', { exact: true })).toHaveCount(0)
  await expect(row.getByRole('button', { name: 'Pin', exact: true })).toHaveAttribute('aria-disabled')
  release()
  await expect(row.getByRole('alert')).toContainText('it isn’t known whether this was done')
  await expectAccessible(page)
  await row.getByRole('button', { name: 'Leave it' }).click()
  await expect(row.getByRole('alert')).toHaveCount(0)
  await row.getByRole('button', { name: 'Pin', exact: true }).click()
  await expect(row.getByRole('alert')).toBeVisible()
  await page.unroute(calls)
  await row.getByRole('button', { name: 'Try again' }).click()
  await expect(row.getByText('Pinned', { exact: true })).toBeVisible()
  await expect(row.getByText('The update is pinned.')).toHaveCount(0)
  await expect(row.getByRole('button', { name: 'Unpin' })).not.toHaveAttribute('aria-disabled')

  // A server in trouble; and another list is looked at meanwhile.
  await page.route(calls, (route) =>
    route.fulfill({
      status: 503,
      contentType: 'application/problem+json',
      json: { type: 'about:blank', title: 'Busy', status: 503, detail: 'The database is busy. Try again in a moment.' },
    }),
  )
  await openTab(page, 'Drafts')
  await row.getByRole('button', { name: 'Publish' }).click()
  await expect(row.getByRole('alert')).toContainText('The database is busy.')
  await openTab(page, 'Published')
  await openTab(page, 'Drafts')
  await expect(row.getByRole('alert')).toContainText('The database is busy.')
  await page.unroute(calls)
  await row.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByText('No drafts.')).toBeVisible()
  expect((await read(editor, slug)).map(({ title }) => title)).toEqual(['Two', 'One'])
})
