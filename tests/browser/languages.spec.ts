import { expect, expectAccessible, publishMany, test } from './fixtures.ts'

const stories = [
  { language: 'de', dir: 'ltr', headline: 'Die Brücke ist gesperrt', newestFirst: 'Neueste zuerst' },
  { language: 'uk', dir: 'ltr', headline: 'Міст зачинено', newestFirst: 'Спершу нові' },
  { language: 'ar', dir: 'rtl', headline: 'الجسر مغلق', newestFirst: 'الأحدث أولًا' },
  // Of this one there's no catalogue.
  { language: 'he', dir: 'rtl', headline: 'הגשר סגור', newestFirst: 'Newest first' },
]

for (const { language, dir, headline, newestFirst } of stories) {
  test(`a story in ${language} speaks to its readers in it where there is a catalogue, and is written its way`, { tag: '@phone-only' }, async ({
    page,
    editor,
  }) => {
    const slug = await editor.openStory({ language, headline })
    await publishMany(editor, slug, 2)
    await editor.publish(slug, 'The bridge is closed.', { language: 'en', title: 'In English', key: true })
    await page.goto(`/stories/${slug}`)
    await expect(page.locator('html')).toHaveAttribute('lang', language === 'he' ? 'en-GB' : language)
    await expect(page.locator('html')).toHaveAttribute('dir', dir)
    const heading = page.getByRole('heading', { level: 1 })
    await expect(heading).toHaveText(headline)
    await expect(heading).toHaveAttribute('lang', language)
    await expect(heading).toHaveCSS('direction', dir)
    await expect(page.getByRole('link', { name: newestFirst })).toBeVisible()
    const english = page.getByRole('heading', { name: 'In English' })
    await expect(english).toHaveCSS('direction', 'ltr')
    await expect(page.locator('[lang="en"][dir="ltr"]').filter({ has: english })).toHaveCount(1)
    // Nothing hangs over the edge of the page.
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0)
    if (language === 'ar') await expectAccessible(page)
  })
}
