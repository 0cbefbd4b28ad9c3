import type { Locator, Page } from '@playwright/test'
import { ApiClient } from '../api-client.ts'
import { colleagues } from '../people.ts'
import { composer, openDesk, openTab, textIn } from './desk.ts'
import { entry, expect, expectAccessible, expectLive, publishMany, test } from './fixtures.ts'

const asked = (page: Page, title: string): Locator => page.getByRole('dialog', { name: title })
const rows = (page: Page): Locator => page.getByRole('tabpanel', { name: /^Published/ }).getByRole('article')

test('an editor is asked once more before something goes out as breaking, and no key held down or pressed twice answers', async ({
  page,
  editor,
  slug,
}) => {
  await openDesk(page, `/admin/stories/${slug}`)
  await textIn(composer(page)).fill('The dam gives way.')
  await composer(page).getByLabel('Breaking').check()
  await expect(composer(page).getByLabel('Key event')).toBeChecked()
  await page.reload()
  await expect(composer(page).getByLabel('Breaking')).toBeChecked()

  await textIn(composer(page)).focus()
  await page.keyboard.down('ControlOrMeta')
  await page.keyboard.press('Enter')
  const publishing = asked(page, 'Publish as breaking?')
  await expect(publishing).toContainText('“The dam gives way.” goes out as breaking. Readers with the page open are told at once.')
  await expect(publishing.getByRole('button', { name: 'Cancel' })).toBeFocused()
  await page.keyboard.press('Enter')
  // Held down, it repeats.
  await page.keyboard.down('Enter')
  await page.keyboard.up('ControlOrMeta')
  await page.keyboard.down('Enter')
  await page.keyboard.down('Enter')
  await page.keyboard.up('Enter')
  await expect(publishing).toBeVisible()
  await expectAccessible(page)
  await page.keyboard.press('Enter')
  await expect(publishing).toHaveCount(0)
  await expect(textIn(composer(page))).toHaveText('The dam gives way.')
  expect((await editor.send('GET', `/api/stories/${slug}`)).body).toMatchObject({ head: 1 })

  await composer(page).getByRole('button', { name: 'Publish', exact: true }).click()
  await publishing.getByRole('button', { name: 'Publish as breaking' }).click()
  await expect(composer(page).getByText('Published at')).toBeVisible()
  await expect(rows(page)).toContainText('Breaking')
  await expect(composer(page).getByLabel('Breaking')).not.toBeChecked()
  expect((await editor.send('GET', `/api/stories/${slug}`)).body).toMatchObject({ updates: [{ breaking: true, key: true }] })
})

test('scheduling, a draft and an update that stands ask too; what a contributor proposes is for the editor to say', async ({
  page,
  editor,
  slug,
  server,
}) => {
  const contributor = await ApiClient.signedIn(server.url, colleagues.contributor)
  await contributor.publish(slug, 'The dam gives way.', { status: 'submitted', breaking: true })
  await editor.publish(slug, 'Water in the streets.')
  await openDesk(page, `/admin/stories/${slug}`)

  const queue = await openTab(page, 'Queue')
  await expect(queue.getByRole('article')).toContainText('Breaking')
  await queue.getByRole('button', { name: 'Publish' }).click()
  await asked(page, 'Publish as breaking?').getByRole('button', { name: 'Cancel' }).click()
  await queue.getByRole('button', { name: 'Edit' }).click()
  await page.getByRole('dialog', { name: 'Edit draft' }).getByRole('button', { name: 'Publish' }).click()
  await asked(page, 'Publish as breaking?').getByRole('button', { name: 'Publish as breaking' }).click()
  await expect(queue.getByText('Nothing waits for an editor.')).toBeVisible()

  await openTab(page, 'Published')
  const street = rows(page).filter({ hasText: 'Water in the streets.' })
  await street.getByRole('button', { name: 'Edit' }).click()
  const edit = page.getByRole('dialog', { name: 'Edit update' })
  await edit.getByLabel('Breaking').check()
  await edit.getByRole('button', { name: 'Save changes' }).click()
  await asked(page, 'Make it breaking?').getByRole('button', { name: 'Make it breaking' }).click()
  await expect(street).toContainText('Breaking')
  // What is breaking is edited without being asked about.
  await street.getByRole('button', { name: 'Edit' }).click()
  await textIn(edit).fill('Water in the streets of the old town.')
  await edit.getByRole('button', { name: 'Save changes' }).click()
  await expect(rows(page).filter({ hasText: 'of the old town' })).toBeVisible()
  await rows(page).filter({ hasText: 'of the old town' }).getByRole('button', { name: 'History' }).click()
  await expect(page.getByRole('dialog', { name: 'History' }).getByRole('listitem').filter({ hasText: 'Breaking' })).toHaveCount(2)
  await page.keyboard.press('Escape')

  await textIn(composer(page)).fill('The mayor resigns.')
  await composer(page).getByLabel('Breaking').check()
  await composer(page).getByText('Byline, tags, claims, times').click()
  await composer(page).getByLabel('Publish later').fill('2099-01-01T10:00')
  await composer(page).getByRole('button', { name: 'Schedule' }).click()
  await expect(asked(page, 'Schedule as breaking?')).toContainText('10:00')
  await asked(page, 'Schedule as breaking?').getByRole('button', { name: 'Schedule as breaking' }).click()
  await expect((await openTab(page, 'Scheduled')).getByRole('article')).toContainText('Breaking')
})

test('a text that was kept before there was such a thing is still there', async ({ page, slug }) => {
  await openDesk(page, `/admin/stories/${slug}`)
  await textIn(composer(page)).fill('Kept for long.')
  await expect(async () => {
    const name = await page.evaluate(() => Object.keys(localStorage).find((each) => each.startsWith('staytuned.composer.')))
    expect(name).toBeDefined()
  }).toPass()
  await page.evaluate(() => {
    const name = Object.keys(localStorage).find((each) => each.startsWith('staytuned.composer.')) ?? ''
    const { breaking: _, ...old } = JSON.parse(localStorage.getItem(name) ?? '{}')
    localStorage.setItem(name, JSON.stringify(old))
  })
  await page.reload()
  await expect(textIn(composer(page))).toHaveText('Kept for long.')
})

test('a reader far down the page is told what is breaking, by name and at once, and is led there', { tag: '@phone-only' }, async ({
  page,
  editor,
  slug,
}) => {
  await publishMany(editor, slug, 12)
  await page.goto(`/stories/${slug}`)
  await expectLive(page)
  await page.evaluate(() => window.scrollTo({ top: document.body.scrollHeight, behavior: 'instant' }))
  await editor.publish(slug, 'A first reading.')
  await expect(page.getByRole('button', { name: '1 new update' })).toBeVisible()
  const title = 'The dam above the old town has given way and the water will be at the bridges within the hour'
  await editor.publish(slug, 'The dam gives way.', { title, breaking: true })
  await editor.publish(slug, 'A second reading.')
  const button = page.getByRole('button', { name: `Breaking: ${title}` })
  await expect(button).toBeVisible()
  // In one line, whatever the width of the screen.
  expect((await button.boundingBox())?.height).toBeLessThan(50)
  await expect(page.getByRole('status').filter({ hasText: `Breaking: ${title}` })).toBeAttached()
  await expectAccessible(page)
  await button.click()
  const told = entry(page, 'The dam gives way.')
  await expect(told).toBeInViewport()
  await expect(told.getByText('Breaking', { exact: true })).toBeVisible()
  await expect(told.getByText('Key event')).toHaveCount(0)
  await expectAccessible(page)
})

test('an update that becomes breaking is told of as well, and the list of stories says so for an hour', async ({ page, editor, slug }) => {
  const [id = ''] = await publishMany(editor, slug, 1)
  await page.goto(`/stories/${slug}`)
  await expectLive(page)
  await editor.send('PATCH', `/api/stories/${slug}/updates/${id}`, { breaking: true, title: 'The dam gives way' }, { 'if-match': '1' })
  await expect(page.getByRole('status').filter({ hasText: 'Breaking: The dam gives way' })).toBeAttached()
  await expect(entry(page, 'The dam gives way').getByText('Breaking', { exact: true })).toBeVisible()

  await page.goto('/')
  const story = page.getByRole('article').filter({ has: page.locator(`a[href="/stories/${slug}"]`) })
  await expect(story.getByText('Breaking', { exact: true })).toBeVisible()
  await expectAccessible(page)
  await page.clock.setFixedTime(new Date(Date.now() + 61 * 60_000))
  await page.reload()
  await expect(story.getByText('Breaking', { exact: true })).toHaveCount(0)
})
