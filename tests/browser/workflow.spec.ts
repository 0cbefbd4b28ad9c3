import type { Browser, Page } from '@playwright/test'
import { colleagues } from '../people.ts'
import { composer, openDesk, openTab, textIn } from './desk.ts'
import { complaints, expect, expectAccessible, test } from './fixtures.ts'

/** The desk of somebody else, in a browser of their own. */
async function deskOf(browser: Browser, person: { email: string; password: string }, to: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage()
  await openDesk(page, to, person)
  return page
}

test('a contributor submits, an editor sends it back with a note, it is changed and submitted again, and the editor publishes it', async ({
  page,
  browser,
  editor,
  slug,
  baseURL,
}) => {
  const heard = complaints(page)
  const to = `${baseURL}/admin/stories/${slug}`
  await openDesk(page, to, colleagues.contributor)
  await expect(page.getByText('Signed in as Cora Contributor')).toBeVisible()
  await textIn(composer(page)).fill('The pier is dry.')
  await page.keyboard.press('ControlOrMeta+Enter')
  await expect(composer(page).getByText('Submitted. An editor publishes it')).toBeVisible()
  const submitted = await openTab(page, 'Submitted')
  await expect(submitted.getByRole('article')).toContainText('The pier is dry.')
  await expect(submitted.getByRole('button', { name: 'Publish' })).toHaveCount(0)

  const desk = await deskOf(browser, colleagues.editor, to)
  const queue = await openTab(desk, 'Queue')
  await queue.getByRole('button', { name: 'Send back' }).click()
  const asked = desk.getByRole('dialog', { name: 'Send this draft back?' })
  await asked.getByRole('button', { name: 'Send back' }).click()
  await expect(asked.getByRole('alert')).toContainText('Say what is to be done.')
  await asked.getByLabel('What is to be done').fill('Which pier?')
  await asked.getByRole('button', { name: 'Send back' }).click()
  await expect(queue.getByText('Nothing waits for an editor.')).toBeVisible()

  // The contributor looks again.
  await page.reload()
  const drafts = await openTab(page, 'Drafts')
  await expect(drafts.getByText('Erin Editor sent it back')).toContainText('Which pier?')
  await expectAccessible(page)
  await drafts.getByRole('button', { name: 'Edit' }).click()
  const edit = page.getByRole('dialog', { name: 'Edit draft' })
  await textIn(edit).fill('The north pier is dry.')
  await edit.getByRole('button', { name: 'Submit to the editors' }).click()
  await expect((await openTab(page, 'Submitted')).getByRole('article')).toContainText('The north pier is dry.')

  await desk.reload()
  await (await openTab(desk, 'Queue')).getByRole('button', { name: 'Publish' }).click()
  await expect((await openTab(desk, 'Published')).getByRole('article')).toContainText('The north pier is dry.')
  // It comes to the contributor's page by itself.
  await expect((await openTab(page, 'Published')).getByRole('article')).toContainText('Cora Contributor')
  await expect((await openTab(page, 'Submitted')).getByText('Nothing of yours waits for an editor.')).toBeVisible()
  expect((await editor.send('GET', `/api/stories/${slug}`)).body).toMatchObject({ head: 2, updates: [{ author: 'Cora Contributor' }] })
  await desk.context().close()
  expect(heard).toEqual([])
})

test('somebody who writes in no story is added to one by an editor, and finds it among their stories', async ({ page, browser, slug, baseURL }) => {
  const to = `${baseURL}/admin/stories/${slug}`
  const desk = await deskOf(browser, colleagues.guest, to)
  await expect(desk.getByRole('heading', { name: 'You don’t write in this story' })).toBeVisible()
  await expectAccessible(desk)

  await openDesk(page, to, colleagues.editor)
  await page.getByRole('button', { name: 'Who writes' }).click()
  const people = page.getByRole('dialog', { name: 'Who writes in this story' })
  await people.getByLabel('In this story: Gael Guest').selectOption('Contributor: submits drafts')
  await expect(page.getByText('Gael Guest has this role now.')).toBeAttached()
  await expectAccessible(page)

  await desk.goto(`${baseURL}/admin`)
  await expect(desk.getByRole('listitem')).toHaveCount(1)
  await desk.getByRole('link', { name: 'A bridge is closed', exact: true }).click()
  await textIn(composer(desk)).fill('Seen from the bridge.')
  await composer(desk).getByRole('button', { name: 'Submit to the editors' }).click()
  await expect(composer(desk).getByText('Submitted. An editor publishes it')).toBeVisible()

  // Taken out while the desk is open: what is written stays, and the desk says how it stands.
  await textIn(composer(desk)).fill('And another thing.')
  await people.getByLabel('In this story: Gael Guest').selectOption('Nothing more')
  await expect(people.getByLabel('In this story: Gael Guest')).toHaveValue('')
  await expect(desk.getByText('You may no longer write in this story.')).toBeVisible()
  await composer(desk).getByRole('button', { name: 'Submit to the editors' }).click()
  await expect(desk.getByRole('region', { name: 'On its way' }).getByRole('alert')).toContainText('may not')
  await expect(desk.getByRole('region', { name: 'On its way' })).toContainText('And another thing.')
  await desk.context().close()
})

test('the newsroom talks about the story where no reader hears it, and sees which notes are new', { tag: '@phone-only' }, async ({
  page,
  browser,
  slug,
  baseURL,
}) => {
  const to = `${baseURL}/admin/stories/${slug}`
  await openDesk(page, to, colleagues.contributor)
  const notes = await openTab(page, 'Notes')
  await notes.getByLabel('New note').fill('The mayor speaks at nine.')
  await page.reload()
  await expect((await openTab(page, 'Notes')).getByLabel('New note')).toHaveValue('The mayor speaks at nine.')
  await page.keyboard.press('Tab')
  await notes.getByLabel('New note').press('ControlOrMeta+Enter')
  await expect(notes.getByRole('listitem')).toContainText('The mayor speaks at nine.')

  const desk = await deskOf(browser, colleagues.editor, to)
  await expect(desk.getByRole('tab', { name: 'Notes 1' })).toBeVisible()
  await expect((await openTab(desk, 'Notes')).getByRole('listitem')).toContainText('Cora Contributor')
  await expectAccessible(desk)
  await openTab(desk, 'Published')
  await expect(desk.getByRole('tab', { name: 'Notes', exact: true })).toBeVisible()
  const reader = await (await browser.newContext()).newPage()
  const seen = await reader.request.get(`${baseURL}/api/stories/${slug}`)
  expect(await seen.text()).not.toContain('mayor')
  await reader.context().close()
  await desk.context().close()
})

test('a withdrawn update stands in a list of its own, with what it said; tabs are gone through by keyboard', async ({ page, editor, slug }) => {
  const { id } = (await editor.publish(slug, 'Ten people wait.')).body as { id: string }
  await editor.send('POST', `/api/stories/${slug}/updates/${id}/withdraw`, { notice: 'The pier was empty.' })
  await openDesk(page, `/admin/stories/${slug}`)
  await page.getByRole('tab', { name: 'Published' }).focus()
  await page.keyboard.press('End')
  await page.keyboard.press('ArrowLeft')
  await expect(page.getByRole('tab', { name: 'Withdrawn 1' })).toBeFocused()
  const withdrawn = page.getByRole('tabpanel', { name: 'Withdrawn 1' })
  await expect(withdrawn).toContainText('The pier was empty.')
  await withdrawn.getByText('What it said').click()
  await expect(withdrawn.getByText('Ten people wait.')).toBeVisible()
})

test('byline, tags and a pin go with an update, and readers see them', async ({ page, slug }) => {
  await openDesk(page, `/admin/stories/${slug}`)
  await textIn(composer(page)).fill('The dam holds.')
  await composer(page).getByText('Byline, tags, claims, times').click()
  await composer(page).getByLabel('Byline').fill('Ana in Kyiv')
  await composer(page).getByLabel('Tags').fill('dams, rivers')
  await composer(page).getByLabel('Pin it').check()
  await page.reload()
  await expect(composer(page).getByLabel('Byline')).toHaveValue('Ana in Kyiv')
  await composer(page).getByRole('button', { name: 'Publish', exact: true }).click()
  await expect(composer(page).getByText('Published at')).toBeVisible()
  await page.goto(`/stories/${slug}`)
  const pinned = page.getByRole('article').first()
  await expect(pinned).toContainText('Ana in Kyiv')
  await page.getByRole('list', { name: 'Tags' }).last().getByRole('link', { name: 'rivers' }).click()
  await expect(page.getByRole('main')).toContainText('The dam holds.')
})

test('colleagues see each other at the desk, who is editing what, and take over with nothing lost', async ({
  page,
  browser,
  editor,
  slug,
  baseURL,
}) => {
  const to = `${baseURL}/admin/stories/${slug}`
  await editor.publish(slug, 'Ten people wait.')
  await openDesk(page, to)
  const desk = await deskOf(browser, colleagues.editor, to)
  await expect(page.getByText('Also here: Erin Editor')).toBeVisible()
  await expect(desk.getByText('Also here: Admin')).toBeVisible()

  const row = (who: Page) => who.getByRole('tabpanel').getByRole('article').filter({ hasText: 'people wait' })
  await row(desk).getByRole('button', { name: 'Edit' }).click()
  await textIn(desk.getByRole('dialog')).fill('Eleven people wait.')
  await expect(row(page)).toContainText('Erin Editor is editing')
  await row(page).getByRole('button', { name: 'Edit' }).click()
  await page.getByRole('dialog', { name: 'Erin Editor is editing this' }).getByRole('button', { name: 'Take over' }).click()
  await expect(desk.getByRole('alert').filter({ hasText: 'Admin has taken over.' })).toBeVisible()
  // And back again, with what was typed.
  await desk.keyboard.press('Escape')
  await row(desk).getByRole('button', { name: 'Edit' }).click()
  await desk.getByRole('dialog', { name: 'Admin is editing this' }).getByRole('button', { name: 'Take over' }).click()
  await expect(textIn(desk.getByRole('dialog', { name: 'Edit update' }))).toHaveText('Eleven people wait.')
  await expect(page.getByRole('alert').filter({ hasText: 'Erin Editor has taken over.' })).toBeVisible()
  await textIn(page.getByRole('dialog')).fill('Twelve people wait.')
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect(row(page)).toContainText('Twelve people wait.')

  // Who was taken over from sees both texts.
  await desk.getByRole('button', { name: 'Save changes' }).click()
  const conflict = desk.getByRole('dialog', { name: 'Changed by somebody else' })
  await expect(conflict.locator('del')).toHaveText('Twelve')
  await expect(conflict.locator('ins')).toHaveText('Eleven')
  await conflict.getByRole('button', { name: 'Save what is chosen' }).click()
  await expect(row(page)).toContainText('Eleven people wait.')
  await expect(row(page)).not.toContainText('is editing')

  // Somebody whose colleague submits sees it without doing anything.
  const writer = await deskOf(browser, colleagues.contributor, to)
  await textIn(composer(writer)).fill('From the bridge.')
  await writer.keyboard.press('ControlOrMeta+Enter')
  await expect(page.getByRole('tab', { name: 'Queue 1' })).toBeVisible()
  await desk.context().close()
  await writer.context().close()
  await expect(page.getByText('Also here')).toHaveCount(0)
})

test('an editor looks at what became of an update, and goes back to an earlier version as a correction', async ({ page, editor, slug }) => {
  const { id } = (await editor.publish(slug, 'Ten people wait at the pier.')).body as { id: string }
  await editor.send('PATCH', `/api/stories/${slug}/updates/${id}`, { body: 'Nine people wait at the pier.' }, { 'if-match': '1' })
  await openDesk(page, `/admin/stories/${slug}`)
  const row = page.getByRole('tabpanel').getByRole('article')
  await row.getByRole('button', { name: 'History' }).click()
  const history = page.getByRole('dialog', { name: 'History of this update' })
  await expect(history.getByRole('listitem')).toHaveCount(2)
  await expect(history.getByRole('listitem').first().locator('del')).toHaveText('Ten')
  await expect(history.getByRole('listitem').first().locator('ins')).toHaveText('Nine')
  await expectAccessible(page)
  await history.getByRole('button', { name: 'Go back to this as a correction' }).click()
  const correct = page.getByRole('dialog', { name: 'Correct update' })
  await expect(textIn(correct)).toHaveText('Ten people wait at the pier.')
  await correct.getByLabel('What was wrong, for readers').fill('There are ten after all.')
  await correct.getByRole('button', { name: 'Publish correction' }).click()
  await expect(row).toContainText('Ten people wait at the pier.')
  expect((await editor.send('GET', `/api/stories/${slug}`)).body).toMatchObject({
    updates: [{ version: 3, corrections: [{ note: 'There are ten after all.' }] }],
  })
})
