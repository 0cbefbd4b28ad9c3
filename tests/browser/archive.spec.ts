import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { pathToFileURL } from 'node:url'
import yauzl from 'yauzl'
import { grain } from '../media/a-picture.ts'
import { openDesk } from './desk.ts'
import { complaints, expect, test } from './fixtures.ts'

test('the archive of a story has a page that reads without a server', async ({ page, browser, editor, slug, baseURL }) => {
  const { src } = (await editor.upload(await grain(900, 600).jpeg().toBuffer())).body as { src: string }
  const paragraph = { type: 'paragraph', content: [{ type: 'text', text: 'The bridge is closed.' }] }
  const image = { type: 'image', attrs: { src, alt: 'The bridge, seen from the bank' } }
  await editor.send('POST', `/api/stories/${slug}/updates`, { title: 'Closed', body: { type: 'doc', content: [paragraph, image] } })
  await editor.send('POST', `/api/stories/${slug}/claims`, { statement: 'It opens on Monday.', claimant: { name: 'Ann Berg' } })
  await openDesk(page, `/admin/stories/${slug}`)
  const downloading = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Export' }).click()
  const download = await downloading
  expect(download.suggestedFilename()).toBe(`${slug}.zip`)
  const folder = mkdtempSync(join(tmpdir(), 'staytuned-'))
  await unzip(await download.path(), folder)
  // All fonts that the styles name; what isn't there would be heard of below.
  expect(readdirSync(folder, { recursive: true }).filter((name) => String(name).endsWith('.woff2')).length).toBeGreaterThan(5)
  expect(readFileSync(join(folder, 'index.html'), 'utf8')).not.toMatch(/\/_next\/static|nonce=/)

  const alone = await browser.newContext({ offline: true, javaScriptEnabled: false })
  const saved = await alone.newPage()
  const heard = complaints(saved)
  await saved.goto(pathToFileURL(join(folder, 'index.html')).href)
  await expect(saved.getByRole('heading', { name: 'A bridge is closed' })).toBeVisible()
  await expect(saved.getByText('It opens on Monday.').first()).toBeVisible()
  const picture = saved.getByRole('img', { name: 'The bridge, seen from the bank' })
  await picture.scrollIntoViewIfNeeded()
  await expect(picture).toHaveJSProperty('naturalWidth', 900)
  await expect(saved.getByRole('heading', { name: 'Closed', exact: true })).toHaveCSS('font-family', /serif/i)
  await expect(saved.getByRole('link', { name: /story/i }).last()).toHaveAttribute('href', new RegExp(`^${baseURL}/`))
  expect(heard).toEqual([])

  // Without scripts either, which say how long ago it was.
  const plain = await (await browser.newContext({ javaScriptEnabled: false })).newPage()
  await plain.goto(`${baseURL}/stories/${slug}/whole`)
  const said = (await plain.locator('main').getByRole('article').allTextContents()).map(words)
  expect((await saved.locator('main').getByRole('article').allTextContents()).map(words)).toEqual(said)
  rmSync(folder, { recursive: true })
})

/** What only a script can do isn't there without one. */
function words(text: string): string {
  return text.replace(/Share/g, '').replace(/\s+/g, ' ').trim()
}

async function unzip(file: string, folder: string): Promise<void> {
  const zip = await yauzl.openPromise(file, { lazyEntries: true, autoClose: false })
  for await (const entry of zip.eachEntry()) {
    const path = join(folder, entry.fileName)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, await buffer(await zip.openReadStreamPromise(entry)))
  }
  zip.close()
}
