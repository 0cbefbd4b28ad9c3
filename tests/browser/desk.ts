import { type BrowserContext, expect, type Locator, type Page } from '@playwright/test'
import { admin } from '../running-server.ts'

export type Credentials = { readonly email: string; readonly password: string }

/** What a browser has after signing in: the cookies of the session, and whose it is. */
type Session = { readonly cookies: Awaited<ReturnType<BrowserContext['cookies']>>; readonly personId: string }

/** Each person signs in once a worker, and the browsers of all its tests share that session. */
const sessions = new Map<string, Session>()

/** Opens a page of the desk as somebody who is signed in. What is published from a story's desk goes out at once, with no time to undo it. */
export async function openDesk(page: Page, to: string, person: Credentials = admin): Promise<void> {
  const { cookies, personId } = sessions.get(person.email) ?? (await newSession(page, to, person))
  const context = page.context()
  await context.addCookies(cookies)
  await context.addInitScript((key) => {
    if (location.origin !== 'null') localStorage.setItem(key, localStorage.getItem(key) ?? '0')
  }, `staytuned.hold.${personId}`)
  await page.goto(to)
  await expect(page).toHaveURL(to)
}

async function newSession(page: Page, to: string, { email, password }: Credentials): Promise<Session> {
  const path = '/api/auth/sign-in/email'
  const answer = await page.request.post(/^https?:/.test(to) ? new URL(path, to).href : path, { data: { email, password } })
  expect(answer.ok(), await answer.text()).toBe(true)
  const { user } = (await answer.json()) as { user: { id: string } }
  const session = { cookies: await page.context().cookies(), personId: user.id }
  sessions.set(email, session)
  return session
}

/** For how many seconds what is published can be called back. */
export async function holdFor(page: Page, seconds: number): Promise<void> {
  // What is chosen before the page's scripts run is lost; the box to write in comes with them.
  await expect(textIn(composer(page))).toBeVisible()
  const choice = composer(page).getByLabel('Can be called back for')
  await choice.selectOption(String(seconds))
  await expect(choice).toHaveValue(String(seconds))
}

/** What is behind one of the tabs in which everything that is written stands. */
export async function openTab(page: Page, name: string): Promise<Locator> {
  await page.getByRole('tab', { name: new RegExp(`^${name}`) }).click()
  return page.getByRole('tabpanel', { name: new RegExp(`^${name}`) })
}

export const composer = (page: Page): Locator => page.getByRole('region', { name: 'Write an update' })

/** Where a text is written: in the composer, or in the window in which an entry is changed. */
export const textIn = (place: Page | Locator): Locator => place.getByRole('textbox', { name: 'Text', exact: true })
