import { expect, expectLive, publishMany, test, timeline } from './fixtures.ts'

test('single keys lead from update to update, to the newest, to the search and to their own list', async ({ page, editor, slug }) => {
  const ids = await publishMany(editor, slug, 8)
  await page.goto(`/stories/${slug}`)
  await expectLive(page)
  const focused = () => page.evaluate(() => document.activeElement?.id)
  await page.keyboard.press('j')
  expect(await focused()).toBe(ids[7])
  await page.keyboard.press('j')
  expect(await focused()).toBe(ids[6])
  await expect(page.locator(`[id="${ids[6]}"]`)).toBeInViewport()
  await page.keyboard.press('k')
  expect(await focused()).toBe(ids[7])
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  const newest = (await editor.publish(slug, 'The newest.')).body as { id: string }
  await expect(page.getByRole('button', { name: '1 new update' })).toBeVisible()
  expect(await focused()).toBe(ids[5])
  await page.keyboard.press('.')
  await expect(page.locator(`[id="${newest.id}"]`)).toBeFocused()
  await page.keyboard.press('/')
  await expect(page.getByRole('searchbox')).toBeFocused()
  await page.keyboard.type('j?')
  await expect(page.getByRole('searchbox')).toHaveValue('j?')
  await page.getByRole('searchbox').blur()
  await page.keyboard.press('?')
  const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await expect(help).toBeVisible()
  await help.getByRole('checkbox', { name: 'Use these keys' }).uncheck()
  await page.keyboard.press('Escape')
  await expect(help).toBeHidden()
  await page.keyboard.press('j')
  expect(await focused()).not.toBe(ids[6])
})

test('everything on the page is reached and worked by the keyboard, in the order in which it is read', async ({ page, editor, slug }) => {
  await editor.publish(slug, 'The first. See the [gauges](https://example.org/).', { key: true, title: 'A beginning' })
  await publishMany(editor, slug, 24)
  await page.goto(`/stories/${slug}`)
  await expectLive(page)
  const reached: string[] = []
  for (let stop = 0; stop < 90; stop += 1) {
    await page.keyboard.press('Tab')
    const name = await page.evaluate(() => {
      const element = document.activeElement
      return element === document.body ? '' : (element?.getAttribute('aria-label') ?? element?.textContent ?? '')
    })
    if (name === '') break
    reached.push(name.trim())
  }
  const order = [
    'Skip to the story',
    'All stories',
    'Live updates',
    // Beside the timeline, and before it.
    'A beginning',
    'Newest first',
    'From the start',
    'Search this story',
    'Share the update of',
    'Print the whole story',
    'Keyboard shortcuts',
  ]
  const places = order.map((name) => reached.findIndex((each) => each.includes(name)))
  expect(
    places.every((place) => place >= 0),
    JSON.stringify({ order, places }),
  ).toBe(true)
  expect(places).toEqual(places.toSorted((one, other) => one - other))
})

test('new updates are told to a screen reader now and then, by their number alone, and take no focus', async ({ page, editor, slug }) => {
  await publishMany(editor, slug, 3)
  await page.clock.install()
  await page.goto(`/stories/${slug}`)
  await expectLive(page)
  const status = page.getByRole('status')
  await expect(status).toHaveCount(1)
  await page.getByRole('link', { name: 'All stories' }).focus()
  await editor.publish(slug, 'One.')
  await page.clock.fastForward(100)
  await expect(status).toHaveText('1 new update')
  await publishMany(editor, slug, 4)
  await expect(timeline(page).getByRole('article')).toHaveCount(8)
  await page.clock.fastForward(10_000)
  await expect(status).toHaveText('1 new update')
  await page.clock.fastForward(11_000)
  await expect(status).toHaveText('4 new updates')
  await expect(page.getByRole('link', { name: 'All stories' })).toBeFocused()
})
