import { complaints, entry, expect, expectLive, liveBar, test, timeline } from './fixtures.ts'

test('an update, its correction, a pin, a withdrawal and a new headline reach two open browsers without a reload', async ({
  browser,
  editor,
  slug,
  baseURL,
}) => {
  const readers = [await browser.newPage(), await browser.newPage()]
  for (const reader of readers) {
    await reader.goto(`${baseURL}/stories/${slug}`)
    await expectLive(reader)
    // A mark that a reload would wipe out.
    await reader.evaluate(() => document.documentElement.setAttribute('data-not-reloaded', ''))
  }
  const path = `/api/stories/${slug}`

  const published = await editor.publish(slug, 'The bridge is **closed** to traffic.', { title: 'Bridge closed' })
  expect(published.status).toBe(201)
  const { id } = published.body as { id: string }
  for (const reader of readers) await expect(entry(reader, 'The bridge is closed to traffic.')).toHaveCount(1)

  await editor.send(
    'PATCH',
    `${path}/updates/${id}`,
    { body: 'The bridge is closed to lorries.', correction: { note: 'Cars may pass.' } },
    { 'if-match': '1' },
  )
  for (const reader of readers) {
    await expect(entry(reader, 'The bridge is closed to lorries.')).toContainText('Cars may pass.')
    await expect(entry(reader, 'closed to traffic')).toHaveCount(0)
  }

  await editor.send('PATCH', `${path}/updates/${id}`, { pinned: true })
  for (const reader of readers) await expect(reader.getByRole('region', { name: 'Pinned' })).toContainText('closed to lorries')

  await editor.send('POST', `${path}/updates/${id}/withdraw`, { notice: 'The authority took its statement back.' })
  for (const reader of readers) {
    await expect(entry(reader, 'The authority took its statement back.')).toHaveCount(1)
    await expect(reader.getByText('closed to lorries')).toHaveCount(0)
    await expect(reader.getByRole('region', { name: 'Pinned' })).toHaveCount(0)
  }

  await editor.send('PATCH', path, { headline: 'The bridge is open again', status: 'closed' })
  for (const reader of readers) {
    await expect(reader.getByRole('heading', { level: 1 })).toHaveText('The bridge is open again')
    await expect(liveBar(reader)).toContainText('Closed')
    await expect(reader.locator('html')).toHaveAttribute('data-not-reloaded', '')
    await reader.close()
  }
})

test('fifty updates in a row arrive once each, newest on top', async ({ page, editor, slug }) => {
  await page.goto(`/stories/${slug}`)
  await expectLive(page)
  await Promise.all(Array.from({ length: 50 }, (_, index) => editor.publish(slug, `Update number ${index + 1}.`)))
  await expect(timeline(page).getByRole('article')).toHaveCount(50)
  const shown = await timeline(page)
    .getByRole('article')
    .evaluateAll((articles) => articles.map((article) => article.id))
  type Page = { updates: { id: string }[] }
  const { updates } = (await editor.send('GET', `/api/stories/${slug}/updates?limit=100`)).body as Page
  expect(shown).toEqual(updates.map(({ id }) => id))
})

test('where sockets cannot go the page asks, and stays live', async ({ page, editor, slug }) => {
  await page.routeWebSocket(/socket\.io/, (socket) => void socket.close())
  await page.clock.install()
  await page.goto(`/stories/${slug}`)
  await expectLive(page)
  await editor.publish(slug, 'This came by asking.')
  await page.clock.fastForward(6_000)
  await expect(entry(page, 'This came by asking.')).toHaveCount(1)
})

test('a page that lost the network says so, stays readable, and catches up by itself', async ({ page, context, editor, slug }) => {
  await editor.publish(slug, 'Before the tunnel.')
  await page.goto(`/stories/${slug}`)
  await expectLive(page)
  await context.setOffline(true)
  await expect(liveBar(page)).toContainText(/Offline since \d\d:\d\d/)
  await expect(page.getByRole('status').filter({ hasText: /^Offline since/ })).toHaveCount(1)
  await expect(entry(page, 'Before the tunnel.')).toBeVisible()
  for (const text of ['In the tunnel, one.', 'In the tunnel, two.']) await editor.publish(slug, text)
  await context.setOffline(false)
  await expectLive(page)
  for (const text of ['In the tunnel, one.', 'In the tunnel, two.']) await expect(entry(page, text)).toHaveCount(1)
})

test('what looks like a script in an update is text, and nothing on the pages offends their own policy', async ({ page, editor, slug }) => {
  const heard = complaints(page)
  await editor.publish(
    slug,
    '<script>document.title = "owned"</script>\n\n<img src=x onerror="document.title=1">\n\n[press](javascript:alert(1)) [go](https://example.org/)',
  )
  await page.goto(`/stories/${slug}`)
  await expectLive(page)
  await expect(page.getByText('<script>document.title = "owned"</script>')).toBeVisible()
  await expect(page.getByRole('link', { name: 'press' })).toHaveCount(0)
  await expect(page.getByRole('link', { name: 'go', exact: true })).toHaveAttribute('href', 'https://example.org/')
  await expect(page).toHaveTitle(/A bridge is closed/)
  expect(heard).toEqual([])
})
