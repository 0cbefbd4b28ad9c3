import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import sharp from 'sharp'
import { composer, holdFor, openDesk, openTab, textIn } from './desk.ts'
import { complaints, expect, expectAccessible, test } from './fixtures.ts'

type Stored = { updates: { body: { content: Record<string, unknown>[] } }[] }

const publish = (page: Page) => composer(page).getByRole('button', { name: 'Publish', exact: true }).click()
const published = (page: Page) => expect(composer(page).getByText('Published at')).toBeVisible()

/** Pastes as from another program: what of it is text and what is a file. */
async function paste(page: Page, data: { html?: string; text?: string; file?: { name: string; type: string; base64: string } }): Promise<void> {
  await textIn(composer(page)).evaluate((element, { html, text, file }) => {
    const clipboardData = new DataTransfer()
    if (html) clipboardData.setData('text/html', html)
    if (text) clipboardData.setData('text/plain', text)
    if (file) {
      const bytes = Uint8Array.from(atob(file.base64), (letter) => letter.charCodeAt(0))
      clipboardData.items.add(new File([bytes], file.name, { type: file.type }))
    }
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }, data)
}

async function aPicture(width = 640, height = 400): Promise<string> {
  const picture = await sharp({ create: { width, height, channels: 3, background: '#357' } })
    .jpeg()
    .toBuffer()
  return picture.toString('base64')
}

test('what is typed in Markdown’s way, or chosen from the menu, is a body of its kind', async ({ page, editor, slug }) => {
  const heard = complaints(page)
  await openDesk(page, `/admin/stories/${slug}`)
  await textIn(composer(page)).click()
  const lines = ['# The quay', 'It is **closed**.', '- the north side', 'the south side', '', '> Stay away', '']
  for (const line of lines) {
    await page.keyboard.type(line)
    await page.keyboard.press('Enter')
  }
  await page.keyboard.type('/smaller')
  await expect(page.getByRole('listbox', { name: 'Put here' }).getByRole('option')).toHaveText(['Smaller heading'])
  await page.keyboard.press('Enter')
  await expect(textIn(composer(page)).locator('h4')).toHaveCount(1)
  await page.keyboard.type('How long')
  await page.keyboard.press('Enter')
  await page.keyboard.type('/card')
  await page.keyboard.press('Enter')
  await page.getByRole('textbox', { name: 'Address of the page' }).fill('example.org/port')
  await page.getByRole('textbox', { name: 'Title of the card' }).fill('The port')
  await page.keyboard.press('Enter')
  await expect(textIn(composer(page))).toBeFocused()
  await page.keyboard.type('See the link.')
  await page.keyboard.press('Shift+Home')
  await page.getByRole('button', { name: 'Link', exact: true }).click()
  await page.getByRole('textbox', { name: 'Address of the link' }).fill('https://example.org/')
  await page.keyboard.press('Enter')
  await expect(textIn(composer(page))).toBeFocused()
  await page.keyboard.press('ControlOrMeta+Enter')
  await published(page)
  const { updates } = (await editor.send('GET', `/api/stories/${slug}`)).body as Stored
  const paragraph = (text: string) => ({ type: 'paragraph', content: [{ type: 'text', text }] })
  expect(updates[0]?.body.content).toEqual([
    { type: 'heading', attrs: { level: 3 }, content: [{ type: 'text', text: 'The quay' }] },
    {
      type: 'paragraph',
      content: [
        { type: 'text', text: 'It is ' },
        { type: 'text', text: 'closed', marks: [{ type: 'bold' }] },
        { type: 'text', text: '.' },
      ],
    },
    {
      type: 'bulletList',
      content: [
        { type: 'listItem', content: [paragraph('the north side')] },
        { type: 'listItem', content: [paragraph('the south side')] },
      ],
    },
    { type: 'blockquote', content: [paragraph('Stay away')] },
    { type: 'heading', attrs: { level: 4 }, content: [{ type: 'text', text: 'How long' }] },
    { type: 'linkCard', attrs: { url: 'https://example.org/port', title: 'The port' } },
    { type: 'paragraph', content: [{ type: 'text', text: 'See the link.', marks: [{ type: 'link', attrs: { href: 'https://example.org/' } }] }] },
  ])
  expect(heard).toEqual([])
})

test('what is pasted from a word processor or a web page comes out clean', async ({ page, editor, slug }) => {
  await openDesk(page, `/admin/stories/${slug}`)
  await textIn(composer(page)).click()
  await paste(page, { html: readFileSync(new URL('pasted/word.html', import.meta.url), 'utf8') })
  await page.keyboard.press('Enter')
  await paste(page, { html: readFileSync(new URL('pasted/web-page.html', import.meta.url), 'utf8') })
  // What is kept of it is there again, whatever was in it.
  await page.reload()
  await expect(textIn(composer(page))).toContainText('A line with a mark')
  await publish(page)
  await published(page)
  const { updates } = (await editor.send('GET', `/api/stories/${slug}`)).body as Stored
  expect(updates[0]?.body.content).toContainEqual({ type: 'image', attrs: { src: 'https://example.org/gauge.png', alt: '2024' } })
  const item = (text: string) => ({ type: 'listItem', content: [{ type: 'paragraph', content: [{ type: 'text', text }] }] })
  const content = updates[0]?.body.content
  expect(content).toContainEqual({ type: 'heading', attrs: { level: 3 }, content: [{ type: 'text', text: 'Statement' }] })
  expect(content).toContainEqual({ type: 'bulletList', content: [item('Ferries stop'), item('Trains run')] })
  expect(content).toContainEqual({ type: 'orderedList', attrs: { start: 1 }, content: [item('First'), item('Second')] })
  const all = JSON.stringify(content)
  for (const hidden of ['mso', 'style', 'javascript', 'alert', 'file://', 'tracker', 'Calibri']) expect(all).not.toContain(hidden)
  expect(all).toContain('"href":"https://example.org/water"')
})

test('a picture is pasted, described because it must be, and seen by readers; what is no picture is refused with the reason', async ({
  page,
  editor,
  slug,
}) => {
  await openDesk(page, `/admin/stories/${slug}`)
  await textIn(composer(page)).click()
  await page.keyboard.type('The quay this morning:')
  await paste(page, { file: { name: 'quay.jpg', type: 'image/jpeg', base64: await aPicture() } })
  await expect(page.getByLabel('What it shows')).toBeVisible()
  await publish(page)
  await expect(composer(page).getByRole('alert').first()).toContainText('Describe each picture')

  await page.getByLabel('What it shows').fill('Water over the edge of the quay')
  await expectAccessible(page)
  await textIn(composer(page)).getByText('The quay this morning:').click()
  await paste(page, { file: { name: 'quay.png', type: 'image/png', base64: Buffer.from('not a picture at all').toString('base64') } })
  await expect(composer(page).getByText('Sending quay.png')).toBeVisible()
  await expect(composer(page).getByText('The file is none of JPEG, PNG, WebP, GIF or AVIF.')).toBeVisible()
  await composer(page).getByRole('button', { name: 'Leave it out' }).click()

  await publish(page)
  await published(page)
  const { updates } = (await editor.send('GET', `/api/stories/${slug}`)).body as Stored
  expect(updates[0]?.body.content).toMatchObject([
    { type: 'paragraph' },
    { type: 'image', attrs: { alt: 'Water over the edge of the quay', width: 640, height: 400 } },
  ])
})

test('whose picture it is and what must stay in view are said where it is written, are seen by readers, and are kept with the picture', {
  tag: '@phone',
}, async ({ page, editor, slug }) => {
  await openDesk(page, `/admin/stories/${slug}`)
  await textIn(composer(page)).click()
  await paste(page, { file: { name: 'tower.jpg', type: 'image/jpeg', base64: await aPicture(600, 1500) } })
  const picture = page.getByRole('group', { name: 'Picture', exact: true })
  await picture.getByLabel('What it shows').fill('A tower')
  await picture.getByLabel('Credit').fill('Ann Author')

  await picture.getByRole('button', { name: 'Choose a focal point' }).click()
  await expect(picture.getByRole('slider', { name: 'Focal point, across' })).toBeFocused()
  await picture.getByRole('group', { name: 'Focal point' }).click({ position: { x: 5, y: 5 } })
  await expect(picture.getByRole('slider', { name: 'Focal point, across' })).toBeFocused()
  await expect(picture.getByRole('slider', { name: 'Focal point, across' })).toHaveValue(/^[0-9]$/)
  for (let press = 0; press < 25; press += 1) await page.keyboard.press('ArrowLeft')
  for (let press = 0; press < 25; press += 1) await page.keyboard.press('ArrowUp')
  for (const key of ['ArrowRight', 'ArrowRight', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown']) await page.keyboard.press(key)
  await expect(picture.getByRole('slider', { name: 'Focal point, across' })).toHaveAttribute('aria-valuetext', '10 % from the left')
  await expect(picture.getByRole('slider', { name: 'Focal point, down' })).toHaveAttribute('aria-valuetext', '20 % from the top')
  await expectAccessible(page)
  await expect(picture.getByRole('button', { name: 'Done' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(picture.getByRole('button', { name: 'Move the focal point' })).toBeFocused()

  await publish(page)
  await published(page)
  const { updates } = (await editor.send('GET', `/api/stories/${slug}`)).body as Stored
  const focus = { x: 0.1, y: 0.2 }
  const [written] = updates[0]?.body.content ?? []
  expect(written).toMatchObject({ attrs: { alt: 'A tower', credit: 'Ann Author', focus, width: 600, height: 1500 } })
  const path = /\/media\/[0-9a-f-]+/.exec(JSON.stringify(written))?.[0]
  const kept = async () => (await editor.send('PATCH', `/api${path}`, {})).body
  await expect.poll(kept).toMatchObject({ alt: 'A tower', credit: 'Ann Author', focus })

  await page.goto(`/stories/${slug}`)
  await expect(page.getByRole('figure').getByText('Ann Author')).toBeVisible()
  const image = page.getByRole('img', { name: 'A tower' })
  await expect(image).toHaveCSS('object-position', '10% 20%')
  const { height = 0, width = 0 } = (await image.boundingBox()) ?? {}
  expect(height).toBeLessThanOrEqual(Math.max(320, 0.8 * (page.viewportSize()?.height ?? 0)) + 1)
  // It is cut, not squeezed: as wide as it would be.
  expect(width).toBeGreaterThan(300)
})

test('what could not be kept with a picture is said, and is in the update all the same', async ({ page, editor, slug }) => {
  await openDesk(page, `/admin/stories/${slug}`)
  await textIn(composer(page)).click()
  await paste(page, { file: { name: 'quay.jpg', type: 'image/jpeg', base64: await aPicture() } })
  await page.route('**/api/media/*', (route) => route.abort())
  const picture = page.getByRole('group', { name: 'Picture', exact: true })
  await picture.getByLabel('What it shows').fill('The quay')
  await picture.getByLabel('Credit').fill('Bob')
  await composer(page).getByLabel('Title').focus()
  await expect(picture.getByRole('alert')).toContainText('This update has it.')
  await expectAccessible(page)
  await page.unroute('**/api/media/*')
  await picture.getByRole('button', { name: 'Keep it with the picture' }).click()
  await expect(picture.getByRole('alert')).toHaveCount(0)
  await publish(page)
  await published(page)
  const { updates } = (await editor.send('GET', `/api/stories/${slug}`)).body as Stored
  expect(updates[0]?.body.content).toMatchObject([{ attrs: { credit: 'Bob' } }])
})

test('nothing is published without the picture that is still on its way, and an upload can be called off', async ({ page, editor, slug }) => {
  await openDesk(page, `/admin/stories/${slug}`)
  await textIn(composer(page)).click()
  await page.keyboard.type('With a picture.')
  let letGo = () => {}
  const held = new Promise<void>((resolve) => {
    letGo = resolve
  })
  await page.route('**/api/media', async (route) => {
    await held
    await route.continue().catch(() => {})
  })
  await paste(page, { file: { name: 'quay.jpg', type: 'image/jpeg', base64: await aPicture() } })
  await publish(page)
  await expect(composer(page).getByRole('alert').first()).toContainText('A picture is still being sent.')
  expect((await editor.send('GET', `/api/stories/${slug}`)).body).toMatchObject({ head: 1 })
  await composer(page).getByRole('button', { name: 'Cancel', exact: true }).click()
  await publish(page)
  await published(page)
  letGo()
})

test('an unsaved text with a picture is there again after a reload, in the editor as it was', async ({ page, slug }) => {
  await openDesk(page, `/admin/stories/${slug}`)
  await textIn(composer(page)).click()
  await page.keyboard.type('1. one')
  await paste(page, { file: { name: 'quay.jpg', type: 'image/jpeg', base64: await aPicture() } })
  await page.getByLabel('Decoration').check()
  await page.reload()
  await expect(textIn(composer(page)).locator('ol li')).toHaveText(['one'])
  await expect(page.getByLabel('Decoration')).toBeChecked()
  await expect(composer(page).getByText('1 word', { exact: true })).toBeVisible()
})

test('three posts with the network gone in between and the page closed: each arrives once, in order, by itself', async ({
  page,
  editor,
  slug,
  context,
}) => {
  await openDesk(page, `/admin/stories/${slug}`)
  const post = async (text: string) => {
    await textIn(composer(page)).fill(text)
    await page.keyboard.press('ControlOrMeta+Enter')
  }
  await post('The first, with a network.')
  await published(page)
  // The second reaches the server, and the answer doesn't come back; then nothing goes through at all.
  let reached = false
  await page.route(`**/api/stories/${slug}/updates`, async (route) => {
    if (!reached) {
      reached = true
      await route.fetch()
    }
    await route.abort()
  })
  await post('The second, in the tunnel.')
  await expect(page.getByRole('region', { name: 'On its way' }).getByText('could not be reached')).toBeVisible()
  await context.setOffline(true)
  await page.unrouteAll({ behavior: 'wait' })
  await post('The third, still in it.')
  const waiting = page.getByRole('region', { name: 'On its way' }).getByRole('listitem')
  await expect(waiting).toHaveCount(2)
  await expect(waiting.last().getByRole('button', { name: 'Take back and edit' })).toBeVisible()
  await textIn(composer(page)).fill('What I was about to write')
  await page.goto('about:blank')

  await context.setOffline(false)
  await page.goto(`/admin/stories/${slug}`)
  await expect.poll(async () => ((await editor.send('GET', `/api/stories/${slug}`)).body as { head: number }).head).toBe(4)
  await expect(waiting).toHaveCount(0)
  await expect(textIn(composer(page))).toHaveText('What I was about to write')
  const { updates } = (await editor.send('GET', `/api/stories/${slug}`)).body as Stored
  const texts = updates.map(({ body }) => JSON.stringify(body.content).match(/The \w+, [\w ]+/)?.[0])
  expect(texts).toEqual(['The third, still in it', 'The second, in the tunnel', 'The first, with a network'])
})

test('what the server refuses stays with the reason, is taken back and sent again', async ({ page, editor, slug }) => {
  await openDesk(page, `/admin/stories/${slug}`)
  await editor.send('PATCH', `/api/stories/${slug}`, { status: 'closed' })
  await textIn(composer(page)).fill('One more thing.')
  await publish(page)
  const outbox = page.getByRole('region', { name: 'On its way' })
  await expect(outbox.getByRole('alert')).toContainText(/closed/i)
  await outbox.getByRole('button', { name: 'Take back and edit' }).click()
  await expect(textIn(composer(page))).toHaveText('One more thing.')
  await editor.send('PATCH', `/api/stories/${slug}`, { status: 'developing' })
  await publish(page)
  await published(page)
  await expect(outbox).toHaveCount(0)
})

test('for a few seconds what was published can be called back, and no reader has seen it; what isn’t goes out by itself', async ({
  page,
  editor,
  slug,
}) => {
  await openDesk(page, `/admin/stories/${slug}`)
  await holdFor(page, 10)
  await page.reload()
  const head = async () => ((await editor.send('GET', `/api/stories/${slug}`)).body as { head: number }).head
  await textIn(composer(page)).fill('With a tpyo.')
  await publish(page)
  await composer(page).getByRole('button', { name: 'Undo' }).click()
  await expect(textIn(composer(page))).toHaveText('With a tpyo.')
  await expect((await openTab(page, 'Drafts')).getByRole('article')).toHaveCount(0)
  await openTab(page, 'Published')
  expect(await head()).toBe(1)
  // Shorter than what can be chosen, for what follows waits until it is over.
  await page.evaluate(() => {
    for (const key of Object.keys(localStorage)) if (key.startsWith('staytuned.hold.')) localStorage.setItem(key, '2')
  })
  await page.reload()
  await textIn(composer(page)).fill('Without a typo.')
  await publish(page)
  await expect(composer(page).getByText('Published in a moment: Without a typo.')).toBeVisible()
  expect(await head()).toBe(1)
  await expect(page.getByRole('region', { name: 'Timeline' }).getByRole('article')).toContainText('Without a typo.')
  await published(page)
  await expect(composer(page).getByRole('button', { name: 'Undo' })).toHaveCount(0)
})

test('an update is scheduled in the story’s time, and is taken off the schedule again', async ({ page, editor }) => {
  const opened = await editor.send('POST', '/api/stories', { headline: 'A night to come', timeZone: 'Europe/Berlin' })
  const { slug } = opened.body as { slug: string }
  await openDesk(page, `/admin/stories/${slug}`)
  await textIn(composer(page)).fill('The clocks go back.')
  // The second of the two hours between two and three is over by then: a time that comes once.
  await composer(page).getByText('Byline, tags, claims, times').click()
  await composer(page).getByLabel('Publish later').fill('2999-10-27T03:30')
  await expect(composer(page).getByText('Readers get it at 27 Oct 2999, 03:30 CET.')).toBeVisible()
  await composer(page).getByRole('button', { name: 'Schedule' }).click()
  await expect(composer(page).getByText('Scheduled: readers get it at')).toBeVisible()
  const draft = (await openTab(page, 'Scheduled')).getByRole('article')
  await expect(draft).toContainText('Publishes by itself at')
  await draft.getByRole('button', { name: 'Edit' }).click()
  const edit = page.getByRole('dialog')
  await edit.getByLabel('Publish later').fill('')
  await edit.getByRole('button', { name: 'Save draft' }).click()
  await expect(draft).toHaveCount(0)
  await expect((await openTab(page, 'Drafts')).getByRole('article')).not.toContainText('Publishes by itself')
})

test('a long text scrolls in a box of its own height, with what is written in sight; the box of a short one fits it', { tag: '@phone-only' }, async ({
  page,
  slug,
}) => {
  await openDesk(page, `/admin/stories/${slug}`)
  const text = textIn(composer(page))
  const height = () => text.evaluate((element) => element.getBoundingClientRect().height / window.innerHeight)
  await text.click()
  const short = await height()
  for (let number = 1; number <= 40; number += 1) {
    await page.keyboard.insertText(`Reading ${number}. The water is rising more slowly than in the night before.`)
    await page.keyboard.press('Enter')
  }
  await expect.poll(height).toBeCloseTo(0.7, 2)
  await expect(text).toHaveCSS('contain', 'strict')
  await page.keyboard.type('The last word')
  await expect(text.getByText('The last word')).toBeInViewport()
  await page.keyboard.press('ControlOrMeta+Home')
  await expect(text.getByText('Reading 1. ')).toBeInViewport()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.press('Delete')
  await expect.poll(height).toBeCloseTo(short, 2)
  await expect(text).toHaveCSS('contain', 'content')
})
