import type { Page } from '@playwright/test'
import { openDesk, openTab } from './desk.ts'
import { complaints, entry, expect, expectAccessible, expectLive, liveBar, test } from './fixtures.ts'

const words = 'The driver of the red lorry was Karim Zebrowski.'
const claimed = 'It was Karim Zebrowski who drove.'

/** It asks for each page of the story, the first to do so in this server; in ms. */
const proofWithin = 40_000

test.use({ serviceWorkers: 'allow' })

test('what is erased goes from the pages of readers who are here, who are away and who come late, and the desk shows the proof', async ({
  page,
  browser,
  editor,
  slug,
  baseURL,
}) => {
  const heard = complaints(page)
  await editor.publish(slug, 'A lorry is in the river.')
  const { id } = (await editor.publish(slug, words, { pinned: true, key: true })).body as { id: string }
  await editor.send('POST', `/api/stories/${slug}/claims`, { statement: claimed, claimant: { name: 'Ann Berg' }, updates: [id] })
  const [here, away] = [await browser.newPage(), await browser.newPage()]
  for (const reader of [here, away]) {
    await reader.goto(`${baseURL}/stories/${slug}`)
    await expectLive(reader)
    await expect(entry(reader, words)).toBeVisible()
    await expect.poll(() => keptWith(reader, 'Zebrowski'), { timeout: 15_000 }).not.toEqual([])
  }
  const past = await browser.newPage()
  await past.goto(`${baseURL}/stories/${slug}/at/${new Date().toISOString()}`)
  await expect(past.getByText(words).first()).toBeVisible()
  await away.context().setOffline(true)
  await expect(liveBar(away).getByText(/Offline since/)).toBeVisible()

  await openDesk(page, `/admin/stories/${slug}`)
  const row = page.getByRole('article', { name: words })
  await row.getByRole('button', { name: 'Erase' }).click()
  const asked = page.getByRole('dialog', { name: 'Erase this for good?' })
  await expect(asked.getByRole('checkbox', { name: claimed })).toBeChecked()
  await expectAccessible(page)
  await asked.getByRole('button', { name: 'Erase for good' }).click()
  await expect(asked.getByText('The audit log needs a reason.')).toBeVisible()
  await expect(asked.getByText(`Type ${slug} to go on.`)).toBeVisible()
  await asked.getByLabel('Why').fill('By order of a court.')
  // The reason is there again for whoever looks something up first.
  await page.reload()
  await row.getByRole('button', { name: 'Erase' }).click()
  await expect(asked.getByLabel('Why')).toHaveValue('By order of a court.')
  await asked.getByLabel(`Type ${slug}`).fill(slug)
  await asked.getByRole('button', { name: 'Erase for good' }).click()
  const proof = page.getByRole('dialog', { name: 'Erased' })
  await expect(proof.getByText(/^Gone from 10 of 10 in \d+\.\d s$/)).toBeVisible({ timeout: proofWithin })
  await expectAccessible(page)
  await proof.getByRole('button', { name: 'Close' }).last().click()

  await expectGone(here)
  await expect(past.getByText(words)).toHaveCount(0)
  await expect(past.getByText('A lorry is in the river.')).toBeVisible()
  await expect(row).toHaveCount(0)
  await expect(entry(away, words)).toBeVisible()
  await away.context().setOffline(false)
  await expectGone(away)
  // Nor do their browsers keep it for the next time without a network.
  for (const reader of [here, away]) await expect.poll(() => keptWith(reader, 'Zebrowski'), { timeout: 15_000 }).toEqual([])
  const late = await browser.newPage()
  await late.goto(`${baseURL}/stories/${slug}/updates/${id}`)
  await expect(late.getByText(words)).toHaveCount(0)
  for (const reader of [here, away, past, late]) await reader.close()
  expect(heard).toEqual([])
})

test('words that are still there are named by their places, and looked for once more when they aren’t', async ({ page, editor, slug }) => {
  await editor.publish(slug, words)
  await editor.send('PATCH', `/api/stories/${slug}`, { standfirst: words })
  await openDesk(page, `/admin/stories/${slug}`)
  await page.getByRole('article', { name: words }).getByRole('button', { name: 'Erase' }).click()
  const asked = page.getByRole('dialog')
  await asked.getByLabel('Why').fill('By order of a court.')
  await asked.getByLabel(`Type ${slug}`).fill(slug)
  await asked.getByRole('button', { name: 'Erase for good' }).click()
  await expect(asked.getByText(/^Gone from \d of 10 in/)).toBeVisible({ timeout: proofWithin })
  await expect(asked.getByRole('link', { name: `/stories/${slug}`, exact: true })).toBeVisible()
  await expect(asked.getByText('stories (1)')).toBeVisible()
  await expectAccessible(page)
  await asked.getByRole('button', { name: 'Close' }).last().click()

  const tab = await openTab(page, 'Withdrawn')
  await tab.getByRole('button', { name: 'Look for it once more' }).click()
  const look = page.getByRole('dialog', { name: 'Look for words that were erased' })
  await look.getByLabel('The words').fill('short')
  await look.getByRole('button', { name: 'Look' }).click()
  await expect(look.getByText('The words must have more letters, to be told from other words')).toBeVisible()
  await look.getByLabel('The words').fill('Of this there never was a word.')
  await look.getByRole('button', { name: 'Look' }).click()
  await expect(look.getByText(/^Gone from 9 of 9/)).toBeVisible({ timeout: proofWithin })
})

/** What of all that the browser keeps has the text. */
function keptWith(reader: Page, text: string): Promise<string[]> {
  return reader.evaluate(async (sought) => {
    const found: string[] = []
    for (const name of await caches.keys()) {
      const cache = await caches.open(name)
      for (const request of await cache.keys()) {
        if ((await (await cache.match(request))?.text())?.includes(sought)) found.push(`${name} ${request.url}`)
      }
    }
    return found
  }, text)
}

async function expectGone(reader: Page): Promise<void> {
  await expect(reader.getByText(words)).toHaveCount(0)
  await expect(reader.getByText(claimed)).toHaveCount(0)
  await expect(entry(reader, 'A lorry is in the river.')).toBeVisible()
  await expectLive(reader)
}
