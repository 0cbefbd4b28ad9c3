import type { Page } from '@playwright/test'
import { ApiClient } from '../api-client.ts'
import { oneTimeCode } from '../one-time-code.ts'
import { complaints, expect, expectAccessible, test } from './fixtures.ts'
import { giveCredentials, joined, password, visitor } from './people.ts'

const part = (page: Page, name: string) => page.getByRole('region', { name })

test('everybody changes their own name and password, and other devices are signed out', async ({ browser, baseURL, editor }) => {
  const { page, email } = await joined(browser, baseURL, editor, 'contributor')
  const heard = complaints(page)
  const other = await visitor(browser, baseURL)
  await other.goto('/admin/account')
  await giveCredentials(other, email)
  await expect(other).toHaveURL('/admin/account')
  await expectAccessible(other)

  await page.getByRole('link', { name: 'Your account' }).click()
  await page.getByLabel('Name', { exact: true }).fill('Ann Other')
  await page.getByRole('button', { name: 'Save name' }).click()
  await expect(page.getByRole('main')).toContainText('Your name is saved.')

  const box = part(page, 'Password')
  await box.getByLabel('Current password').fill('not-my-password')
  await box.getByLabel('New password').fill('my-second-password')
  await box.getByRole('button', { name: 'Change password' }).click()
  await expect(box.getByRole('alert')).toContainText('This is not your current password.')
  await box.getByLabel('Current password').fill(password)
  await box.getByRole('button', { name: 'Change password' }).click()
  await expect(box).toContainText('Your password is changed')
  // Its session has another cookie now, with which the page goes on.
  await expect(page.getByText('Your session has ended')).toHaveCount(0)
  await expect(other.getByText('Your session has ended. Sign in to go on.')).toBeVisible({ timeout: 5_000 })
  await other.getByRole('link', { name: 'Sign in again' }).click()
  await giveCredentials(other, email, 'my-second-password')
  await expect(other.getByLabel('Name', { exact: true })).toHaveValue('Ann Other')
  // The refused password is what the browser itself writes down.
  expect(heard.filter((line) => !line.includes('422'))).toEqual([])
  await page.context().close()
  await other.context().close()
})

test('one’s sessions are listed in plain words and ended one by one, or all others at once', async ({ browser, baseURL, editor }) => {
  const { page, email } = await joined(browser, baseURL, editor, 'editor')
  const others = [await ApiClient.signedIn(baseURL ?? '', { email, password }), await ApiClient.signedIn(baseURL ?? '', { email, password })]
  await page.goto('/admin/account')
  const sessions = part(page, 'Where you are signed in')
  await expect(sessions.getByRole('listitem')).toHaveCount(3)
  await expect(sessions.getByRole('listitem').filter({ hasText: 'This one' })).toContainText(/Chrome on (Linux|Android)/)
  await sessions
    .getByRole('button', { name: /^Sign out there/ })
    .first()
    .click()
  await expect(sessions.getByRole('listitem')).toHaveCount(2)
  await sessions.getByRole('button', { name: 'Sign out everywhere else' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Sign out everywhere else' }).click()
  await expect(sessions.getByRole('listitem')).toHaveCount(1)
  for (const other of others) expect((await other.send('GET', '/api/auth/get-session')).body).toBeNull()
  await page.context().close()
})

test('two-factor is set up with a scanned code, asked for at sign-in, opened by a backup code once, and turned off', async ({
  browser,
  baseURL,
  editor,
}) => {
  const { page, email } = await joined(browser, baseURL, editor, 'editor')
  await page.goto('/admin/account')
  const box = part(page, 'Two-factor')
  await box.getByRole('button', { name: 'Turn on' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Current password').fill(password)
  await dialog.getByRole('button', { name: 'Go on' }).click()
  await expect(dialog.getByRole('img', { name: 'The code to scan' })).toBeVisible()
  await expectAccessible(page)
  const secret = (await dialog.locator('code').textContent()) ?? ''
  await dialog.getByLabel('Code from the app').fill('000000')
  await dialog.getByRole('button', { name: 'Turn on' }).click()
  await expect(dialog.getByRole('alert')).toContainText('This code is not right.')
  await dialog.getByLabel('Code from the app').fill(oneTimeCode(secret))
  await dialog.getByRole('button', { name: 'Turn on' }).click()
  await expect(dialog.getByRole('heading', { name: 'Keep your backup codes' })).toBeVisible()
  const codes = await dialog.getByRole('listitem').allInnerTexts()
  expect(codes).toHaveLength(10)
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'I have kept them' }).click()
  await expect(box).toContainText('On: after your password')
  // Its session was put in the place of another: that isn't the end of it.
  await expect(page.getByText('Your session has ended')).toHaveCount(0)

  const withBackup = async (code: string) => {
    await page.getByRole('button', { name: 'Sign out', exact: true }).click()
    await expect(page).toHaveURL('/admin/sign-in')
    await giveCredentials(page, email)
    await page.getByRole('button', { name: 'Use a backup code' }).click()
    await page.getByLabel('Backup code').fill(code)
    await page.getByRole('button', { name: 'Go on' }).click()
  }
  await withBackup(codes[0] ?? '')
  await expect(page).toHaveURL('/admin')
  await withBackup(codes[0] ?? '')
  await expect(page.getByRole('main').getByRole('alert')).toContainText('was used before')
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Use the app' }).click()
  await page.getByLabel('Code from the app').fill(oneTimeCode(secret, Date.now() + 30_000))
  await page.getByRole('button', { name: 'Go on' }).click()
  await expect(page).toHaveURL('/admin')

  await page.goto('/admin/account')
  await box.getByRole('button', { name: 'Turn off' }).click()
  await dialog.getByLabel('Current password').fill(password)
  await dialog.getByRole('button', { name: 'Turn off' }).click()
  await expect(box).toContainText('Off: your password alone')
  await page.context().close()
})

/** Has the browser of a page make passkeys by itself, as a device would whose owner has put a finger on it. */
async function addAuthenticator(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
}

/** Adds a passkey on the account page, by keyboard alone. */
async function addPasskey(page: Page, name: string): Promise<void> {
  await part(page, 'Passkeys').getByRole('button', { name: 'Add a passkey' }).press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name of the passkey').fill(name)
  await page.keyboard.press('Tab')
  await expect(dialog.getByLabel('Current password')).toBeFocused()
  await page.keyboard.type(password)
  await page.keyboard.press('Enter')
  await expect(part(page, 'Passkeys').getByRole('listitem').filter({ hasText: name })).toBeVisible()
}

test('a password change removes the passkeys too, unless the box is unticked', async ({ browser, baseURL, editor }) => {
  const { page } = await joined(browser, baseURL, editor, 'editor')
  await addAuthenticator(page)
  await page.goto('/admin/account')
  const box = part(page, 'Password')
  const removal = box.getByRole('checkbox', { name: 'Remove all passkeys from this account' })
  await expect(removal).toHaveCount(0)
  await addPasskey(page, 'Work laptop')

  const change = async (from: string, to: string) => {
    await box.getByLabel('Current password').fill(from)
    await box.getByLabel('New password').fill(to)
    await box.getByRole('button', { name: 'Change password' }).click()
  }
  await expect(removal).toBeChecked()
  await change(password, 'Password123')
  await expect(box.getByRole('alert')).toContainText('New password must not be a common password')
  await removal.uncheck()
  await change(password, 'my-second-password')
  await expect(box.getByText('Your password is changed, and your other sessions have ended.')).toBeVisible()
  await expect(part(page, 'Passkeys').getByRole('listitem')).toHaveCount(1)

  await expect(removal).toBeChecked()
  await expectAccessible(page)
  await change('my-second-password', 'my-third-password')
  await expect(box).toContainText('Your password is changed, your passkeys are removed')
  await expect(part(page, 'Passkeys').getByRole('listitem')).toHaveCount(0)
  await expect(removal).toHaveCount(0)
  await page.context().close()
})

test('a passkey is added, named, signs in without a password, and is removed, all of which is in the audit log', async ({
  browser,
  baseURL,
  editor,
}) => {
  const { page, name } = await joined(browser, baseURL, editor, 'editor')
  await addAuthenticator(page)
  await page.goto('/admin/account')
  const box = part(page, 'Passkeys')
  await box.getByRole('button', { name: 'Add a passkey' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name of the passkey').fill('Work laptop')
  await dialog.getByLabel('Current password').fill('not-my-password')
  await dialog.getByRole('button', { name: 'Make passkey' }).click()
  await expect(dialog.getByRole('alert')).toContainText('This is not your current password.')
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await addPasskey(page, 'Work laptop')
  await box.getByRole('button', { name: 'Rename: Work laptop' }).click()
  await page.getByRole('dialog').getByLabel('Name of the passkey').fill('Home laptop')
  await page.getByRole('dialog').getByRole('button', { name: 'Save name' }).click()
  await expect(box.getByRole('listitem')).toContainText('Home laptop')

  await page.getByRole('button', { name: 'Sign out', exact: true }).click()
  await expect(page).toHaveURL('/admin/sign-in')
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await expect(page).toHaveURL('/admin')

  await page.goto('/admin/account')
  await box.getByRole('button', { name: 'Remove: Home laptop' }).click()
  const removal = page.getByRole('dialog')
  await removal.getByLabel('Current password').fill('not-my-password')
  await removal.getByRole('button', { name: 'Remove' }).click()
  await expect(removal.getByRole('alert')).toContainText('This is not your current password.')
  await removal.getByLabel('Current password').fill(password)
  await removal.getByRole('button', { name: 'Remove' }).click()
  await expect(box.getByRole('listitem')).toHaveCount(0)
  const { entries } = (await editor.send('GET', `/api/audit?q=${name}`)).body as { entries: { action: string; detail: Record<string, unknown> }[] }
  expect(entries.map(({ action, detail }) => [action, detail.method ?? detail.name ?? null])).toEqual([
    ['passkey-removed', null],
    ['sign-in', 'passkey'],
    ['sign-out', null],
    ['passkey-renamed', 'Home laptop'],
    ['passkey-added', 'Work laptop'],
    ['sign-in', 'password'],
    ['invitation-accepted', null],
  ])
  await page.getByRole('button', { name: 'Sign out', exact: true }).click()
  await expect(page).toHaveURL('/admin/sign-in')
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await expect(page.getByRole('main').getByRole('alert')).toContainText('This passkey belongs to no account here.')
  await page.context().close()
})
