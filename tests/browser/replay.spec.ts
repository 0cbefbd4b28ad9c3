import { entry, expect, expectAccessible, test, timeline } from './fixtures.ts'

test('a story is played back as it came, stopped, and gone through by hand', { tag: '@phone-only' }, async ({ page, editor, slug }) => {
  const { id } = (await editor.publish(slug, 'Two people are hurt.')).body as { id: string }
  const change = { body: 'Three people are hurt.', correction: { note: 'One more was found.' } }
  await editor.send('PATCH', `/api/stories/${slug}/updates/${id}`, change, { 'if-match': '1' })
  await editor.send('POST', `/api/stories/${slug}/claims`, { statement: 'The bridge was sound.', claimant: { name: 'The builder' } })
  await editor.publish(slug, 'The road is closed.')

  await page.goto(`/stories/${slug}`)
  await page.getByRole('link', { name: 'Play it back' }).click()
  const player = page.getByRole('region', { name: 'Replay' })
  await expect(player).toBeVisible()
  await expect(timeline(page).getByRole('article')).toHaveCount(0)
  await expectAccessible(page)

  const place = player.getByRole('slider', { name: 'Place in the story' })
  await place.focus()
  await page.keyboard.press('ArrowRight')
  await expect(entry(page, 'Two people are hurt.')).toHaveCount(1)
  await page.keyboard.press('ArrowRight')
  await expect(entry(page, 'Three people are hurt.')).toHaveCount(1)
  await expect(page.getByRole('region', { name: 'What we know' })).toHaveCount(0)

  await player.getByRole('button', { name: 'Play' }).click()
  await expect(page.getByRole('region', { name: 'What we know' })).toBeVisible()
  await expect(entry(page, 'The road is closed.')).toHaveCount(1)
  await expect(player.getByRole('button', { name: 'Play again' })).toBeVisible()
  await expectAccessible(page)
  await place.focus()
  await page.keyboard.press('Home')
  await expect(timeline(page).getByRole('article')).toHaveCount(0)
  await player.getByLabel('A second is').selectOption('an hour')
  await player.getByRole('button', { name: 'Play' }).click()
  await expect(timeline(page).getByRole('article')).toHaveCount(2)
})

test('a log that can’t be had says so, and is asked for again', async ({ page, slug }) => {
  await page.route('**/log', (route) => route.abort())
  await page.goto(`/stories/${slug}/replay`)
  await expect(page.getByText('It could not be fetched.')).toBeVisible()
  await expectAccessible(page)
  await page.unroute('**/log')
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByRole('region', { name: 'Replay' })).toBeVisible()
})
