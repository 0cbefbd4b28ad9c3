import type { ElementHandle, Page } from '@playwright/test'
import sharp from 'sharp'
import type { ApiClient } from '../api-client.ts'
import { composer, openDesk, textIn } from './desk.ts'
import { complaints, expect, expectAccessible, test } from './fixtures.ts'

type Words = { alt?: string; credit?: string }

/** Uploads a picture of one colour, as a program would. */
async function upload({ url, cookie }: ApiClient, name: string, words: Words = {}): Promise<void> {
  const file = await sharp({ create: { width: 320, height: 240, channels: 3, background: '#357' } })
    .jpeg()
    .toBuffer()
  const form = new FormData()
  for (const [field, value] of Object.entries(words)) form.append(field, value)
  form.append('file', new File([new Uint8Array(file)], name, { type: 'image/jpeg' }))
  const response = await fetch(`${url}/api/media`, { method: 'POST', body: form, headers: { cookie } })
  expect(response.status).toBe(201)
}

const library = (page: Page) => page.getByRole('dialog', { name: 'Pictures that were uploaded' })

/** Opens it, and waits until it can be seen: it is there for a moment before it is shown, for it is measured first. */
async function open(page: Page): Promise<void> {
  await composer(page).getByRole('button', { name: 'From the library' }).click()
  const isSeen = () => library(page).evaluate((dialog) => dialog.checkVisibility({ opacityProperty: true }))
  await expect.poll(isSeen).toBe(true)
}

test('a picture is found among those that were uploaded, put into the text with what is said of it, and published', async ({
  page,
  editor,
  slug,
}) => {
  const heard = complaints(page)
  for (let number = 1; number <= 30; number += 1) await upload(editor, `${slug}-${number}.jpg`)
  await upload(editor, 'quay.jpg', { alt: `The quay of ${slug}`, credit: 'Ann Author' })
  await openDesk(page, `/admin/stories/${slug}`)
  await textIn(composer(page)).click()
  await page.keyboard.type('As it was:')
  await open(page)
  await expect(library(page).getByRole('searchbox', { name: 'Search' })).toBeFocused()
  await expect(library(page).getByRole('listitem')).toHaveCount(24)
  await expect(library(page).getByRole('listitem').first()).toContainText(`The quay of ${slug}`)
  // Each is there to be seen, not only to be read of.
  const first = library(page).getByRole('listitem').first().locator('img')
  await expect.poll(() => first.evaluate((image) => image instanceof HTMLImageElement && image.naturalWidth)).toBe(320)
  await expectAccessible(page)
  await library(page).getByRole('button', { name: 'Show more' }).click()
  await expect(library(page).getByRole('listitem').nth(30)).toBeVisible()

  await page.getByRole('searchbox').fill(`no such thing ${slug}`)
  await expect(library(page).getByRole('status')).toHaveText('No picture is described so.')
  await expect(library(page).getByRole('listitem')).toHaveCount(0)
  await expectAccessible(page)
  await page.getByRole('searchbox').fill(`author QUAY ${slug}`)
  await expect(library(page).getByRole('status')).toHaveText('1 picture found.')
  // From here by keyboard: the one that was found is next.
  await page.keyboard.press('Tab')
  await expect(library(page).getByRole('button', { name: `The quay of ${slug}` })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(library(page)).toHaveCount(0)
  const picture = page.getByRole('group', { name: 'Picture', exact: true })
  await expect(picture.getByLabel('What it shows')).toHaveValue(`The quay of ${slug}`)
  await expect(picture.getByLabel('Credit')).toHaveValue('Ann Author')

  await composer(page).getByRole('button', { name: 'Publish', exact: true }).click()
  await expect(composer(page).getByText('Published at')).toBeVisible()
  expect((await editor.send('GET', `/api/stories/${slug}`)).body).toMatchObject({
    updates: [{ body: { content: [{}, { attrs: { alt: `The quay of ${slug}`, credit: 'Ann Author', width: 320, height: 240 } }] } }],
  })
  expect(heard).toEqual([])
})

test('a library that can’t be reached says so, and is asked again; closed, it leaves the text as it was', async ({ page, editor, slug }) => {
  await upload(editor, 'quay.jpg', { alt: `The quay of ${slug}` })
  await openDesk(page, `/admin/stories/${slug}`)
  await textIn(composer(page)).fill('Words.')
  await page.route('**/api/media?**', (route) => route.abort())
  await open(page)
  await expect(library(page).getByRole('alert')).toContainText('The pictures could not be loaded')
  await expectAccessible(page)
  await page.unroute('**/api/media?**')
  await library(page).getByRole('button', { name: 'Try again' }).click()
  await expect(library(page).getByRole('listitem').first()).toContainText(`The quay of ${slug}`)
  await expect(library(page).getByRole('alert')).toHaveCount(0)
  // It publishes the text that lies below, from below.
  await page.getByRole('searchbox').focus()
  await page.keyboard.press('ControlOrMeta+Enter')
  await page.keyboard.press('Escape')
  await expect(library(page)).toHaveCount(0)
  await expect(textIn(composer(page))).toBeFocused()
  await expect(textIn(composer(page))).toHaveText('Words.')
  expect((await editor.send('GET', `/api/stories/${slug}`)).body).toMatchObject({ head: 1 })
})

test('a phone offers its camera, and its gallery as well', { tag: '@phone' }, async ({ page, slug, isMobile }) => {
  await openDesk(page, `/admin/stories/${slug}`)
  await textIn(composer(page)).click()
  const camera = composer(page).getByRole('button', { name: 'Take a photo' })
  await expect(camera).toBeVisible({ visible: isMobile })
  const field = async (name: string) => {
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), composer(page).getByRole('button', { name, exact: true }).click()])
    const input = chooser.element() as ElementHandle<HTMLInputElement>
    return input.evaluate((element) => ({ accept: element.getAttribute('accept'), capture: element.getAttribute('capture') }))
  }
  const accept = 'image/jpeg,image/png,image/webp,image/gif,image/avif'
  expect(await field('Picture')).toEqual({ accept, capture: null })
  if (isMobile) expect(await field('Take a photo')).toEqual({ accept, capture: 'environment' })
})
