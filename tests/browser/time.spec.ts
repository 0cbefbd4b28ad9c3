import { expect, expectLive, test, timeline } from './fixtures.ts'
import { nightStory } from './night-story.ts'

test.describe('a reader in Tokyo', () => {
  test.use({ timezoneId: 'Asia/Tokyo' })

  test('is told the times of their own zone, and the story’s own one tap away', async ({ page, editor }) => {
    const slug = await editor.openStory({ timeZone: 'Europe/Berlin' })
    await editor.publish(slug, 'The ferry has left.')
    await page.goto(`/stories/${slug}`)
    await expectLive(page)
    const time = timeline(page).locator('time').last()
    const instant = new Date((await time.getAttribute('datetime')) ?? '')
    const inZone = (timeZone: string) => instant.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit', timeZone })
    await expect(time).toHaveText(inZone('Asia/Tokyo'))
    await page.getByRole('button', { name: 'Your time: Tokyo' }).click()
    await expect(time).toHaveText(inZone('Europe/Berlin'))
    await page.reload()
    await expect(page.getByRole('button', { name: 'Story’s time: Berlin' })).toBeVisible()
    await expect(timeline(page).locator('time').last()).toHaveText(inZone('Europe/Berlin'))
  })

  test('sees how long ago it was, and that this keeps true', async ({ page, editor, slug }) => {
    await page.clock.install()
    await editor.publish(slug, 'The ferry has left.')
    await page.goto(`/stories/${slug}`)
    await expect(timeline(page).getByText(/^(just now|1 min ago)$/)).toBeVisible()
    await page.clock.fastForward('05:00')
    await expect(timeline(page).getByText(/^[56] min\.? ago$/)).toBeVisible()
    await page.clock.fastForward('02:00:00')
    await expect(timeline(page).getByText(/^2 hr\.? ago$/)).toBeVisible()
  })
})

test.describe('a reader in Berlin, in the night when the clocks go back', () => {
  test.use({ timezoneId: 'Europe/Berlin' })

  test('can tell the two half past two apart, and where the day changes', async ({ page }) => {
    await page.goto(`/stories/${nightStory}`)
    await expect(timeline(page).getByRole('article')).toHaveCount(4)
    const times = await timeline(page)
      .getByRole('article')
      .evaluateAll((articles) => articles.map((article) => article.querySelector('a time')?.textContent))
    expect(times).toEqual(['03:10', '02:30 CET', '02:30 CEST', '23:50'])
    const days = await timeline(page).locator('article > p > time').allTextContents()
    expect(days.filter((text) => text.includes('2026'))).toEqual(['Sunday 25 October 2026', 'Saturday 24 October 2026'])
  })
})
