import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { anyKind } from '../databases.ts'
import { openLetterBox } from '../letter-box.ts'
import { ownSettings } from '../own-settings.ts'
import { admin, startServer } from '../running-server.ts'
import { composer, openDesk, textIn } from './desk.ts'
import { complaints, expect, expectAccessible, test } from './fixtures.ts'
import { connected, giveCredentials, joined, password, visitor } from './people.ts'

const row = (page: Page, text: string) => page.getByRole('listitem').filter({ hasText: text })

test('an admin invites somebody, who joins by the link that is shown once and writes', async ({ page, browser, baseURL }) => {
  const heard = complaints(page)
  await openDesk(page, '/admin/people')
  await expect(page.getByRole('region', { name: 'Everybody' })).toContainText('admin@example.org')
  const email = `${randomUUID()}@example.org`
  await page.getByRole('button', { name: 'Invite somebody' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('E-mail').fill(email)
  await dialog.getByLabel(/^Contributor/).check()
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Make invitation' }).click()
  const link = await dialog.getByLabel('Link').inputValue()
  await expect(dialog).toContainText('works once')
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Done' }).click()
  await expect(row(page, email)).toContainText('Invited by Admin')
  await expectAccessible(page)

  const guest = await visitor(browser, baseURL)
  await guest.goto(link)
  await expect(guest.getByRole('main')).toContainText(`You will sign in as ${email}`)
  await expectAccessible(guest)
  await guest.getByLabel('Your name').fill('Gwen Guest')
  await guest.getByLabel('Password').fill(password)
  await guest.getByRole('button', { name: 'Join' }).click()
  await expect(guest).toHaveURL('/admin')
  await expect(guest.getByRole('link', { name: 'People' })).toHaveCount(0)
  await guest.goto('/admin/people')
  await expect(guest.getByRole('heading', { name: 'There is nothing here' })).toBeVisible()
  await guest.goto(link)
  await expect(guest.getByRole('heading', { name: 'This invitation no longer works' })).toBeVisible()
  await guest.context().close()

  await page.reload()
  await expect(row(page, email)).toContainText('Gwen Guest')
  expect(heard).toEqual([])
})

test('an invitation is taken back, and its link no longer works', { tag: '@phone-only' }, async ({ page, browser, baseURL, editor }) => {
  const email = `${randomUUID()}@example.org`
  const { link } = (await editor.send('POST', '/api/invitations', { email, role: 'editor' })).body as { link: string }
  await openDesk(page, '/admin/people')
  await row(page, email)
    .getByRole('button', { name: `Take back: ${email}` })
    .click()
  await page.getByRole('dialog', { name: 'Take back the invitation?' }).getByRole('button', { name: 'Take back' }).click()
  await expect(row(page, email)).toHaveCount(0)
  const guest = await visitor(browser, baseURL)
  await guest.goto(link)
  await expect(guest.getByRole('heading', { name: 'This invitation no longer works' })).toBeVisible()
  await guest.context().close()
})

test('a person whose desk is open is deactivated: it says so at once, keeps what was typed, and nobody signs in with that account', async ({
  page,
  browser,
  baseURL,
  editor,
  slug,
}) => {
  const { page: theirs, email, name } = await joined(browser, baseURL, editor, 'editor')
  await theirs.goto(`/admin/stories/${slug}`)
  await textIn(composer(theirs)).fill('A sentence that must not be lost.')
  // The second of their devices, on another page of the desk.
  const second = await visitor(browser, baseURL, await theirs.context().storageState())
  const secondWatches = connected(second)
  await second.goto('/admin')
  await secondWatches

  await openDesk(page, '/admin/people')
  await row(page, name)
    .getByRole('button', { name: `Deactivate: ${name}` })
    .click()
  await page.getByRole('dialog').getByRole('button', { name: 'Deactivate' }).click()
  await expect(row(page, name)).toContainText('Deactivated')

  // Sooner than the desk would ask by itself.
  const soon = { timeout: 5_000 }
  await expect(theirs.getByText('Your session has ended. What you write stays here.')).toBeVisible(soon)
  await expect(second.getByText('Your session has ended. Sign in to go on.')).toBeVisible(soon)
  await expect(textIn(composer(theirs))).toHaveText('A sentence that must not be lost.')
  await theirs.getByRole('button', { name: 'Sign in again' }).click()
  const dialog = theirs.getByRole('dialog', { name: 'Sign in to go on' })
  await giveCredentials(dialog, email)
  await expect(dialog.getByText('This account has been deactivated')).toBeVisible()
  await expectAccessible(theirs)

  await row(page, name)
    .getByRole('button', { name: `Reactivate: ${name}` })
    .click()
  await page.getByRole('dialog').getByRole('button', { name: 'Reactivate' }).click()
  await expect(row(page, name)).toContainText('Last here')
  // What follows the story is back; the next socket is the one that watches the new session.
  await expect(theirs.getByText('Live', { exact: true })).toBeVisible()
  const watches = connected(theirs)
  await dialog.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(dialog).toHaveCount(0)
  await expect(textIn(composer(theirs))).toHaveText('A sentence that must not be lost.')

  // With the new session it is told as well.
  await watches
  await row(page, name)
    .getByRole('button', { name: `Deactivate: ${name}` })
    .click()
  await page.getByRole('dialog').getByRole('button', { name: 'Deactivate' }).click()
  await expect(theirs.getByText('Your session has ended. What you write stays here.')).toBeVisible(soon)
  await theirs.context().close()
  await second.context().close()
})

test('an admin changes a role and a name, and makes a link with which a new password is set', async ({ page, browser, baseURL, editor }) => {
  const { page: theirs, email, name } = await joined(browser, baseURL, editor, 'contributor')
  await openDesk(page, '/admin/people')
  await row(page, name)
    .getByRole('button', { name: `Change: ${name}` })
    .click()
  const change = page.getByRole('dialog', { name: `Change ${name}` })
  await change.getByLabel(/^Editor/).check()
  await change.getByRole('button', { name: 'Save' }).click()
  await expect(row(page, name)).toContainText('Editor')

  await row(page, name)
    .getByRole('button', { name: `New password link: ${name}` })
    .click()
  await page.getByRole('dialog').getByRole('button', { name: 'Make the link' }).click()
  const link = await page.getByRole('dialog').getByLabel('Link').inputValue()
  await theirs.goto(link)
  await expectAccessible(theirs)
  await theirs.getByLabel('Password').fill('quite-another-password')
  await theirs.getByRole('button', { name: 'Set password' }).click()
  await theirs.getByRole('link', { name: 'Sign in' }).click()
  await giveCredentials(theirs, email, 'quite-another-password')
  await expect(theirs).toHaveURL('/admin')
  await expect(theirs.getByRole('link', { name: 'New story' })).toBeVisible()
  await theirs.context().close()
})

test('the last admin can’t be made anything else, and is told why', async ({ page }) => {
  await openDesk(page, '/admin/people')
  await page.getByRole('button', { name: 'Change: Admin', exact: true }).click()
  await page.getByLabel(/^Editor/).check()
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('dialog').getByRole('alert')).toContainText('This is the last admin.')
  await expect(page.getByRole('button', { name: 'Deactivate: Admin', exact: true })).toHaveCount(0)
})

test('without mail, whoever has forgotten the password is told whom to ask', async ({ page }) => {
  await page.goto('/admin/sign-in')
  await page.getByRole('link', { name: 'Forgot password?' }).click()
  await expect(page.getByRole('main')).toContainText('Ask an admin of the newsroom')
  await expectAccessible(page)
  await page.getByRole('link', { name: 'Back to sign-in' }).click()
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
})

test('with mail, whoever has forgotten the password sets a new one by the letter', async ({ browser }) => {
  const letters = await openLetterBox()
  const own = await ownSettings(anyKind)
  const server = await startServer({ ...own.settings, STAYTUNED_SMTP_URL: letters.url, STAYTUNED_MAIL_FROM: 'desk@example.org' })
  const page = await visitor(browser, server.url)
  await page.goto('/admin/sign-in/forgot')
  await expectAccessible(page)
  await page.getByLabel('E-mail').fill(admin.email)
  await page.getByRole('button', { name: 'Send the link' }).click()
  await expect(page.getByRole('main')).toContainText('a letter with a link is on its way')
  const [link = ''] = /http\S+\/admin\/reset\/\S+/.exec((await letters.next(admin.email)).text) ?? []
  await page.goto(link)
  await page.getByLabel('Password').fill('a-new-one-by-mail')
  await page.getByRole('button', { name: 'Set password' }).click()
  await page.getByRole('link', { name: 'Sign in' }).click()
  await giveCredentials(page, admin.email, 'a-new-one-by-mail')
  await expect(page).toHaveURL('/admin')
  await page.goto(link)
  await expect(page.getByRole('heading', { name: 'This link no longer works' })).toBeVisible()
  await page.context().close()
  await server.stop()
  await letters.close()
  await own.drop()
})
