import { expect, type Locator, type Page } from '@playwright/test'
import { admin } from '../running-server.ts'

/** Signs in on the way to a page of the desk. At a story's, what is published from there isn't held back any more. */
export async function signIn(page: Page, to: string, person: { email: string; password: string } = admin): Promise<void> {
  await page.goto(to)
  await expect(page).toHaveURL(/\/admin\/sign-in/)
  await page.getByLabel('E-mail').fill(person.email)
  await page.getByLabel('Password').fill(person.password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page).toHaveURL(to)
  const hold = composer(page).getByLabel('Can be called back for')
  if (/stories\/(?!new)/.test(to) && (await hold.isVisible())) await holdFor(page, 0)
}

/** For how many seconds what is published can be called back. */
export async function holdFor(page: Page, seconds: number): Promise<void> {
  await composer(page).getByLabel('Can be called back for').selectOption(String(seconds))
}

/** What is behind one of the tabs in which everything that is written stands. */
export async function openTab(page: Page, name: string): Promise<Locator> {
  await page.getByRole('tab', { name: new RegExp(`^${name}`) }).click()
  return page.getByRole('tabpanel', { name: new RegExp(`^${name}`) })
}

export const composer = (page: Page): Locator => page.getByRole('region', { name: 'Write an update' })

/** Where a text is written: in the composer, or in the window in which an entry is changed. */
export const textIn = (place: Page | Locator): Locator => place.getByRole('textbox', { name: 'Text', exact: true })
