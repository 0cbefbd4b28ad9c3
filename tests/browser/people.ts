import { randomUUID } from 'node:crypto'
import type { Browser, BrowserContextOptions, Page } from '@playwright/test'
import type { ApiClient } from '../api-client.ts'
import { expect } from './fixtures.ts'

export const password = 'a-password-of-mine'

export type Colleague = { readonly page: Page; readonly email: string; readonly name: string }

/** A browser of somebody else's. */
export async function visitor(
  browser: Browser,
  baseURL = '',
  storageState: BrowserContextOptions['storageState'] = { cookies: [], origins: [] },
): Promise<Page> {
  return (await browser.newContext({ baseURL, storageState })).newPage()
}

/** Somebody who has joined with a browser of their own, which is at the desk. */
export async function joined(browser: Browser, baseURL: string | undefined, admin: ApiClient, role: string): Promise<Colleague> {
  const name = `Ann ${randomUUID().slice(0, 8)}`
  const email = `${name.toLowerCase().replace(' ', '-')}@example.org`
  const { link } = (await admin.send('POST', '/api/invitations', { email, role, name })).body as { link: string }
  const page = await visitor(browser, baseURL)
  const answer = await page.request.post('/api/invitations/accept', { data: { token: link.split('/').at(-1), name, password } })
  expect(answer.ok(), await answer.text()).toBe(true)
  await page.goto('/admin')
  return { page, email, name }
}

/** Says who one is where a page of the desk has asked to sign in. */
export async function giveCredentials(place: Pick<Page, 'getByLabel' | 'getByRole'>, email: string, secret = password): Promise<void> {
  await place.getByLabel('E-mail').fill(email)
  await place.getByLabel('Password').fill(secret)
  await place.getByRole('button', { name: 'Sign in', exact: true }).click()
}

/** Once a socket that the page opens from now on is through to the server, which then knows its session. */
export function connected(page: Page): Promise<void> {
  return new Promise((resolve) => {
    page.on('websocket', (socket) => {
      // What Socket.IO says when it has let the socket in.
      socket.on('framereceived', ({ payload }) => String(payload).startsWith('40') && resolve())
    })
  })
}
