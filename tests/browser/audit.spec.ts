import { readFileSync } from 'node:fs'
import { admin } from '../running-server.ts'
import { complaints, expect, expectAccessible, test } from './fixtures.ts'
import { giveCredentials, joined } from './people.ts'

test('an admin finds out who did what, and takes it along as a file', { tag: '@phone-only' }, async ({ page, browser, baseURL, editor, slug }) => {
  const heard = complaints(page)
  const { page: theirs, name } = await joined(browser, baseURL, editor, 'contributor')
  await theirs.goto('/admin/audit')
  await expect(theirs.getByRole('heading', { name: 'There is nothing here' })).toBeVisible()
  await theirs.context().close()
  await Promise.all(Array.from({ length: 60 }, (_, number) => editor.publish(slug, `Update ${number}.`, { status: 'draft' })))

  await page.goto('/admin')
  await giveCredentials(page, admin.email, admin.password)
  await page.getByRole('link', { name: 'Audit log' }).click()
  const entries = page.getByRole('region', { name: 'Entries' }).getByRole('listitem')
  await expect(entries.first()).toContainText('Admin Signed in')
  await expect(entries).toHaveCount(50)
  await page.getByRole('button', { name: 'Older entries' }).click()
  await expect(entries.nth(60)).toBeVisible()
  await expectAccessible(page)

  await page.getByLabel('Person').selectOption(name)
  await page.getByRole('button', { name: 'Find' }).click()
  await expect(entries).toHaveCount(2)
  await expect(entries.last()).toContainText(`${name} Joined`)
  const searched = page.url()
  await page.getByLabel('Action').selectOption('Joined')
  await page.getByLabel('Words').fill('nothing is called that')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Nothing that was done fits.')).toBeVisible()
  await page.goto(searched)
  await expect(entries).toHaveCount(2)
  await expect(page.getByLabel('Person')).toHaveValue(/.+/)

  const [csv] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'As CSV' }).click()])
  expect(csv.suggestedFilename()).toMatch(/^audit-.*\.csv$/)
  expect(
    readFileSync(await csv.path(), 'utf8')
      .trimEnd()
      .split('\r\n'),
  ).toHaveLength(3)
  await page.getByRole('button', { name: 'Show all' }).click()
  await expect(entries).toHaveCount(50)
  expect(heard).toEqual([])
})
