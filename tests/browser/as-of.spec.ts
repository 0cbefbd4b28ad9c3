import { entry, expect, expectAccessible, test, timeline } from './fixtures.ts'

test('a story is read as it stood, marked as such, and gone through change by change', { tag: '@phone-only' }, async ({ page, editor, slug }) => {
  const { id } = (await editor.publish(slug, 'Two people are hurt.')).body as { id: string }
  await editor.send('PATCH', `/api/stories/${slug}`, { headline: 'A bridge has fallen' })
  const change = { body: 'Three people are hurt.', correction: { note: 'One more was found.' } }
  await editor.send('PATCH', `/api/stories/${slug}/updates/${id}`, change, { 'if-match': '1' })
  await editor.publish(slug, 'The road is closed.')

  await page.goto(`/stories/${slug}`)
  await page.getByRole('link', { name: 'As it stood earlier' }).click()
  const mark = page.getByRole('complementary', { name: 'This is how the story stood' })
  await expect(mark).toContainText('It still stands so.')
  await expect(mark.getByRole('link', { name: 'The next change' })).toHaveCount(0)
  await expectAccessible(page)

  await mark.getByRole('link', { name: 'The change before' }).click()
  await expect(timeline(page).getByRole('article')).toHaveCount(1)
  await expect(mark).toContainText('Since then: 1 update.')
  await expect(entry(page, 'Three people are hurt.')).toHaveCount(1)
  await mark.getByRole('link', { name: 'The change before' }).click()
  await expect(entry(page, 'Two people are hurt.')).toHaveCount(1)
  await expect(mark).toContainText('Since then: 1 update · 1 correction.')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('A bridge has fallen')
  await expectAccessible(page)
  await mark.getByRole('link', { name: 'The change before' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('A bridge is closed')
  await mark.getByRole('link', { name: 'The change before' }).click()
  await expect(page.getByText('There was no update yet.')).toBeVisible()
  await expect(mark.getByRole('link', { name: 'The change before' })).toHaveCount(0)
  await mark.getByRole('link', { name: 'The next change' }).click()
  await expect(entry(page, 'Two people are hurt.')).toHaveCount(1)

  await mark.getByRole('link', { name: 'The story now' }).click()
  await expect(page).toHaveURL(`/stories/${slug}`)
})

test('a moment is chosen on a slider, with the keyboard and without a script, and no search engine keeps it', async ({ page, browser, baseURL }) => {
  // A story of two hours.
  await page.goto('/stories/night-of-two-hours/at')
  const slider = page.getByRole('slider', { name: 'Moment' })
  await slider.focus()
  await page.keyboard.press('Home')
  const first = await slider.inputValue()
  for (let minute = 0; minute < 5; minute += 1) await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`/at/${new Date(Number(first) + 5 * 60_000).toISOString()}`))
  await expect(timeline(page).getByRole('article').first()).toBeVisible()
  await expect(page.locator('meta[name="robots"]')).toHaveAttribute('content', 'noindex')

  const plain = await (await browser.newContext({ baseURL: baseURL ?? '', javaScriptEnabled: false })).newPage()
  const answer = await plain.goto(page.url())
  expect(answer?.headers()['x-robots-tag']).toBe('noindex')
  const shown = await timeline(plain).getByRole('article').count()
  expect(shown).toBeGreaterThan(0)
  await plain.getByRole('link', { name: 'The next change' }).click()
  await expect(timeline(plain).getByRole('article')).not.toHaveCount(shown)
  await plain.context().close()
})

test('two moments are compared, by a link and by a form, also without a script', { tag: '@phone-only' }, async ({
  page,
  browser,
  baseURL,
  editor,
  slug,
}) => {
  const { id } = (await editor.publish(slug, 'Two people are hurt.')).body as { id: string }
  await editor.send('POST', `/api/stories/${slug}/claims`, { statement: 'The bridge was sound.', claimant: { name: 'The builder' } })
  const change = { body: 'Three people are hurt.', correction: { note: 'One more was found.' } }
  await editor.send('PATCH', `/api/stories/${slug}/updates/${id}`, change, { 'if-match': '1' })
  await editor.publish(slug, 'The road is closed.')
  await editor.send('PATCH', `/api/stories/${slug}`, { headline: 'A bridge has fallen' })

  await page.goto(`/stories/${slug}/at`)
  for (const _ of [1, 2, 3, 4]) await page.getByRole('link', { name: 'The change before' }).click()
  await expect(timeline(page).getByRole('article')).toHaveCount(1)
  await page.getByRole('link', { name: 'What has changed since' }).click()
  const group = (name: string | RegExp) => page.locator('section').filter({ has: page.getByRole('heading', { name }) })
  await expect(group('The story itself').locator('ins')).toHaveText(['has', 'fallen'])
  await expect(group('Claims')).toContainText('Unverified The builder: The bridge was sound.')
  await expect(group('Updates that were changed')).toContainText('Correction: One more was found.')
  await expect(group('Updates that were changed').locator('del')).toHaveText('Two')
  await expect(group('1 new update')).toContainText('The road is closed.')
  await expectAccessible(page)

  const plain = await (await browser.newContext({ baseURL: baseURL ?? '', javaScriptEnabled: false })).newPage()
  await plain.goto(`/stories/${slug}/compare`)
  await plain.getByRole('button', { name: 'Compare' }).click()
  await expect(plain).toHaveURL(/compare\?from=\d+&to=\d+$/)
  await expect(plain.getByRole('heading', { level: 1 })).toHaveText(/^From .* to /)
  await plain.goto(`/stories/${slug}/compare?from=yesterday`)
  await expect(plain.getByText('The road is closed.')).toBeVisible()
  await plain.context().close()
})

test('a moment at which there was nothing to see, and what is no moment, say so', async ({ page, slug }) => {
  for (const at of ['2001-01-01T00:00:00Z', 'yesterday']) {
    expect((await page.goto(`/stories/${slug}/at/${at}`))?.status()).toBe(404)
  }
})
