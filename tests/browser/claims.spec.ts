import type { Locator, Page } from '@playwright/test'
import { composer, openDesk, openTab, textIn } from './desk.ts'
import { complaints, entry, expect, expectAccessible, expectLive, test } from './fixtures.ts'

const panel = (page: Page): Locator => page.getByRole('region', { name: 'What we know' })

/** Opens the panel where a phone has it folded up. */
async function unfold(page: Page): Promise<void> {
  if (test.info().project.name === 'phone') await panel(page).getByRole('button').click()
}

test('a claim is noted, assessed and withdrawn at the desk, and two readers see each at once', async ({ page, browser, editor, slug, baseURL }) => {
  await editor.publish(slug, 'The mayor says that the dam holds.')
  const readers = [await browser.newPage(), await browser.newPage()]
  for (const reader of readers) {
    await reader.goto(`${baseURL}/stories/${slug}`)
    await expectLive(reader)
    await expect(panel(reader)).toHaveCount(0)
  }
  const heard = complaints(page)
  await openDesk(page, `/admin/stories/${slug}`)
  const tab = await openTab(page, 'Claims')
  await tab.getByRole('button', { name: 'Note a claim' }).click()
  const made = page.getByRole('dialog', { name: 'Note a claim' })
  await expectAccessible(page)
  await made.getByLabel('What is claimed').fill('The dam holds.')
  // Nothing is lost on the way to what is missing.
  await made.getByRole('button', { name: 'Note it for readers' }).click()
  await expect(made.getByText('Who says so must have 1 to 120 characters')).toBeVisible()
  await made.getByLabel('Who says so').fill('Ann Berg')
  await made.getByLabel('Role').fill('mayor')
  await made.getByRole('checkbox', { name: 'The mayor says' }).check()
  await made.getByRole('button', { name: 'Note it for readers' }).click()
  await expect(made).toHaveCount(0)
  for (const reader of readers) {
    await expect(panel(reader)).toContainText('1 claimed')
    const carried = entry(reader, 'The mayor says').getByRole('list', { name: 'Claims in this update' })
    await expect(carried).toHaveText('Unverified Ann Berg: The dam holds.')
  }

  await tab.getByRole('button', { name: 'Assess' }).click()
  const assessed = page.getByRole('dialog', { name: 'How does this claim stand?' })
  await assessed.getByLabel('It stands as').selectOption('Confirmed')
  await assessed.getByLabel('Why', { exact: true }).fill('Two engineers have seen it.')
  await assessed.getByLabel('Sources').fill('The water authority')
  await assessed.getByRole('button', { name: 'Assess' }).click()
  await expect(assessed.getByText('must name two independent sources, or one and why it is enough')).toBeVisible()
  await expectAccessible(page)
  await assessed.getByLabel('Sources').fill('The water authority\nThe fire service')
  await assessed.getByRole('button', { name: 'Assess' }).click()
  await expect(assessed).toHaveCount(0)
  for (const reader of readers) {
    await expect(panel(reader)).toContainText('1 known')
    await expect(entry(reader, 'The mayor says').getByRole('list', { name: 'Claims in this update' })).toContainText('Confirmed')
    await expect(panel(reader)).toContainText('According to The water authority and The fire service')
  }

  await tab.getByRole('button', { name: 'Withdraw' }).click()
  const withdrawn = page.getByRole('dialog', { name: 'Withdraw this claim?' })
  await withdrawn.getByLabel('Why').fill('It was noted twice.')
  await withdrawn.getByRole('button', { name: 'Withdraw for good' }).click()
  await expect(tab).toContainText('No claim has been noted yet.')
  for (const reader of readers) {
    await expect(panel(reader)).toHaveCount(0)
    await expect(reader.getByRole('list', { name: 'Claims in this update' })).toHaveCount(0)
    await reader.close()
  }
  // The two that were refused on the way, and nothing else.
  expect(heard.filter((line) => !line.includes('400 (Bad Request)'))).toEqual([])
})

test(
  'on the board a card that is dragged asks for the reason, and one by keyboard does the same',
  { tag: '@phone' },
  async ({ page, editor, slug }, { project }) => {
    for (const statement of ['The dam holds.', 'The road is open.']) {
      await editor.send('POST', `/api/stories/${slug}/claims`, { statement, claimant: { name: 'Ann Berg' } })
    }
    await openDesk(page, `/admin/stories/${slug}`)
    await (await openTab(page, 'Claims')).getByRole('link', { name: 'Open the board' }).click()
    await expect(page.getByRole('heading', { name: 'Claims and questions' })).toBeVisible()
    await expectAccessible(page)
    const column = (name: string) => page.locator('[data-column]').filter({ has: page.getByRole('heading', { name: new RegExp(`^${name}`) }) })
    const card = (text: string) => page.getByRole('listitem').filter({ hasText: text })
    const dialog = page.getByRole('dialog', { name: 'How does this claim stand?' })
    // A phone has neither the room nor a mouse.
    if (project.name === 'desktop') {
      await card('The dam holds.').dragTo(column('Disputed'))
      await expect(dialog.getByLabel('It stands as')).toHaveValue('disputed')
      await dialog.getByLabel('Why', { exact: true }).fill('An engineer says that it leaks.')
      await dialog.getByRole('button', { name: 'Assess' }).click()
      await expect(column('Disputed')).toContainText('The dam holds.')
      // Readers and the board have it as soon as it is written; the window closes once the answer is here.
      await expect(dialog).toHaveCount(0)
    }
    await card('The road is open.').getByRole('button', { name: 'Assess' }).focus()
    await page.keyboard.press('Enter')
    await dialog.getByLabel('It stands as').selectOption('Refuted')
    await dialog.getByLabel('Why', { exact: true }).fill('It is under water.')
    await dialog.getByLabel('Why', { exact: true }).press('Tab')
    await dialog.getByRole('button', { name: 'Assess' }).press('Enter')
    await expect(column('Refuted')).toContainText('The road is open.')
    await page.getByRole('link', { name: 'Back to the timeline' }).click()
    await expect(page).toHaveURL(`/admin/stories/${slug}`)
  },
)

test('of two who assess one claim the second is told, and nothing of theirs is lost', async ({ page, editor, slug }) => {
  const claim = (await editor.send('POST', `/api/stories/${slug}/claims`, { statement: 'The dam holds.', claimant: { name: 'Ann Berg' } })).body as {
    id: string
  }
  await openDesk(page, `/admin/stories/${slug}/claims`)
  await page.getByRole('button', { name: 'Assess' }).click()
  const dialog = page.getByRole('dialog', { name: 'How does this claim stand?' })
  await dialog.getByLabel('It stands as').selectOption('Refuted')
  await dialog.getByLabel('Why', { exact: true }).fill('It broke at noon.')
  await editor.send('POST', `/api/stories/${slug}/claims/${claim.id}/assessments`, { standing: 'disputed', reason: 'It leaks.' }, { 'if-match': '1' })
  await expect(dialog.getByText('It was changed meanwhile: Disputed now.')).toBeVisible()
  // What was typed outlives a reload.
  await page.reload()
  await page.getByRole('button', { name: 'Assess' }).click()
  await expect(dialog.getByLabel('Why', { exact: true })).toHaveValue('It broke at noon.')
  await expect(dialog.getByLabel('It stands as')).toHaveValue('refuted')
  await expect(dialog.getByText('It was changed meanwhile: Disputed now.')).toBeVisible()
  await editor.send(
    'POST',
    `/api/stories/${slug}/claims/${claim.id}/assessments`,
    { standing: 'disputed', reason: 'It still leaks.' },
    { 'if-match': '2' },
  )
  await dialog.getByRole('button', { name: 'Assess' }).click()
  await expect(dialog.getByText('It is at version 3 now.')).toBeVisible()
  await dialog.getByRole('button', { name: 'Assess' }).click()
  await expect(dialog).toHaveCount(0)
  const view = (await editor.send('GET', `/api/stories/${slug}`)).body as { claims: { assessments: { standing: string }[] }[] }
  expect(view.claims[0]?.assessments.map(({ standing }) => standing)).toEqual(['unverified', 'disputed', 'disputed', 'refuted'])
})

test('what a colleague said better meanwhile is shown, and isn’t overwritten by what was begun before', async ({ page, editor, slug }) => {
  const path = `/api/stories/${slug}/claims`
  const { id } = (await editor.send('POST', path, { statement: 'The dam hold.', claimant: { name: 'Ann Berg' } })).body as { id: string }
  await openDesk(page, `/admin/stories/${slug}/claims`)
  const dialog = page.getByRole('dialog', { name: 'Change the claim' })
  await page.getByRole('button', { name: 'Change' }).click()
  await dialog.getByLabel('Role').fill('mayor')
  await page.keyboard.press('Escape')
  await editor.send('PATCH', `${path}/${id}`, { statement: 'The dam holds.' }, { 'if-match': '1' })
  await expect(page.getByText('The dam holds.')).toBeVisible()
  await page.getByRole('button', { name: 'Change' }).click()
  await expect(dialog.getByText('It was changed meanwhile, and reads now: Ann Berg: The dam holds.')).toBeVisible()
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog.getByText('It is at version 2 now.')).toBeVisible()
  await dialog.getByLabel('What is claimed').fill('The dam holds.')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog).toHaveCount(0)
  const { claims } = (await editor.send('GET', `/api/stories/${slug}`)).body as { claims: unknown[] }
  expect(claims).toMatchObject([{ statement: 'The dam holds.', claimant: { role: 'mayor' }, version: 3 }])
})

test('what is selected in an update becomes a claim that goes out with it', async ({ page, editor, slug }) => {
  await openDesk(page, `/admin/stories/${slug}`)
  const place = composer(page)
  await textIn(place).fill('The mayor says: the dam holds.')
  await textIn(place).press('End')
  for (let letter = 0; letter < 'the dam holds.'.length; letter += 1) await page.keyboard.press('Shift+ArrowLeft')
  await place.getByRole('button', { name: 'Note a claim' }).click()
  const claims = place.getByRole('textbox', { name: 'Claims' })
  await expect(claims).toHaveValue(': the dam holds.')
  await expect(claims).toBeFocused()
  await place.getByRole('button', { name: 'Publish' }).click()
  await expect(place.getByText('Each claim needs a line of its own')).toBeVisible()
  await claims.press('Home')
  await page.keyboard.type('Ann Berg, mayor')
  // With the text it outlives a reload.
  await page.reload()
  await expect(claims).toHaveValue('Ann Berg, mayor: the dam holds.')
  await place.getByRole('button', { name: 'Publish' }).click()
  await page.goto(`/stories/${slug}`)
  await expect(entry(page, 'The mayor says').getByRole('list', { name: 'Claims in this update' })).toHaveText('Unverified Ann Berg: the dam holds.')

  // To what is published another is added as it is edited.
  const { updates } = (await editor.send('GET', `/api/stories/${slug}`)).body as { updates: { id: string }[] }
  await page.goto(`/admin/stories/${slug}`)
  await page.locator(`[id="${updates[0]?.id}"]`).getByRole('button', { name: 'Edit' }).click()
  const edited = page.getByRole('dialog')
  await edited.getByRole('textbox', { name: 'Claims' }).fill('The police: the road is open.')
  await edited.getByRole('button', { name: 'Save' }).click()
  await expect(edited).toHaveCount(0)
  await page.goto(`/stories/${slug}`)
  await expect(entry(page, 'The mayor says').getByRole('listitem').filter({ hasText: 'The police' })).toHaveText(
    'Unverified The police: the road is open.',
  )
})

test('a question is raised, answered by an update, and opened again', { tag: '@phone-only' }, async ({ page, editor, slug }) => {
  await editor.publish(slug, 'Nobody was in the tunnel.')
  await openDesk(page, `/admin/stories/${slug}/claims`)
  await page.getByRole('button', { name: 'Raise a question' }).click()
  const raised = page.getByRole('dialog', { name: 'Raise a question' })
  await raised.getByLabel('What nobody knows yet').fill('Was anybody in the tunnel?')
  await raised.getByRole('button', { name: 'Raise it for readers' }).click()
  await expect(raised).toHaveCount(0)
  await page.getByRole('button', { name: 'Answer' }).click()
  const answered = page.getByRole('dialog', { name: 'What became of this question?' })
  await answered.getByRole('button', { name: 'Answer' }).click()
  await expect(answered.getByText('must say the answer, where no update does')).toBeVisible()
  await answered.getByRole('checkbox', { name: 'Nobody was in the tunnel.' }).check()
  await answered.getByRole('button', { name: 'Answer' }).click()
  await expect(answered).toHaveCount(0)
  await expect(page.getByText('Answered, ')).toBeVisible()

  await page.goto(`/stories/${slug}`)
  await expectLive(page)
  await unfold(page)
  await expect(panel(page).getByRole('heading', { name: 'Questions that are settled' })).toBeVisible()
  await expectAccessible(page)
  await panel(page)
    .getByRole('link', { name: /^Update of/ })
    .click()
  await expect(entry(page, 'Nobody was in the tunnel.')).toBeInViewport()

  await page.goto(`/admin/stories/${slug}/claims`)
  await page.getByRole('button', { name: 'Say otherwise' }).click()
  await expect(answered.getByLabel('It is')).toHaveValue('open')
  await answered.getByLabel('In a sentence').fill('A witness has come forward.')
  await answered.getByRole('button', { name: 'Answer' }).click()
  await expect(answered).toHaveCount(0)
  await expect(page.getByText('A witness has come forward.')).toBeVisible()
  await page.goto(`/stories/${slug}`)
  await expect(panel(page)).toContainText('1 not known')
})

test('what was known is told on a page without a script, as it stood then, and to print', async ({ browser, baseURL, editor, slug }) => {
  await editor.publish(slug, 'The mayor speaks.')
  const claim = (await editor.send('POST', `/api/stories/${slug}/claims`, { statement: 'The dam holds.', claimant: { name: 'Ann Berg' } })).body as {
    id: string
  }
  const assess = (version: number, standing: string, reason: string) =>
    editor.send('POST', `/api/stories/${slug}/claims/${claim.id}/assessments`, { standing, reason }, { 'if-match': String(version) })
  await assess(1, 'disputed', 'An engineer says that it leaks.')
  await assess(2, 'refuted', 'It broke at noon.')
  const page = await (await browser.newContext({ baseURL: baseURL ?? '', javaScriptEnabled: false })).newPage()
  await page.goto(`/stories/${slug}`)
  // Nothing is folded up where nothing would unfold it.
  await expect(panel(page).getByRole('heading', { name: 'Refuted or taken back' })).toBeVisible()
  await panel(page).getByText('2 earlier assessments').click()
  await expect(panel(page).getByText('An engineer says that it leaks.')).toBeVisible()
  await page.goto(`/stories/${slug}/at`)
  await expect(panel(page)).toContainText('Refuted')
  await page.getByRole('link', { name: 'The change before' }).click()
  await expect(panel(page)).toContainText('1 claimed')
  await expect(panel(page)).not.toContainText('It broke at noon.')
  await expect(page.getByRole('complementary', { name: 'This is how the story stood' })).toContainText('Since then: 1 claim reassessed.')
  await page.goto(`/stories/${slug}/whole`)
  await expect(panel(page)).toContainText('It broke at noon.')
  await page.context().close()
})
