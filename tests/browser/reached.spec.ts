import { composer, openDesk, textIn } from './desk.ts'
import { expect, expectAccessible, expectLive, test } from './fixtures.ts'
import { nightStory } from './night-story.ts'

test('an editor sees on how many screens an update is that somebody looks at, where it stands and where it was written', async ({
  page,
  browser,
  slug,
  baseURL,
}) => {
  for (const visibility of ['visible', 'visible', 'hidden']) {
    const reader = await browser.newPage()
    await reader.goto(`${baseURL}/stories/${slug}`)
    await expectLive(reader)
    // A browser that is driven hides no page: this one says so itself.
    await reader.evaluate((state) => Object.defineProperty(document, 'visibilityState', { value: state }), visibility)
  }
  await openDesk(page, `/admin/stories/${slug}`)
  await expect(page.getByText('3 reading', { exact: true })).toBeVisible()
  await textIn(composer(page)).fill('The bridge is closed.')
  await composer(page).getByRole('button', { name: 'Publish', exact: true }).click()
  const row = page.getByRole('article', { name: 'The bridge is closed.' })
  for (const place of [row, composer(page)]) await expect(place.getByText('Reached 2 of 3 readers')).toBeVisible()
  await expect(row.getByText(/95% within [\d.]+ s/)).toBeVisible()
})

test('an editor sees how many were reading in the last hours, as a line and in words', { tag: '@phone-only' }, async ({ page, slug }) => {
  await openDesk(page, `/admin/stories/${nightStory}`)
  const chart = page.getByRole('region', { name: 'Readers', exact: true })
  await expect(chart.getByText(/^Readers since \d\d:\d\d: 0 now, at most 340 at \d\d:\d\d\.$/)).toBeVisible()
  await expect(chart.locator('svg path').first()).toBeVisible()
  await expectAccessible(page)
  await page.goto(`/admin/stories/${slug}`)
  await expect(chart.getByText(/^Nobody was counted/)).toBeVisible()
})
