import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ApiClient } from '../api-client.ts'
import { startServer } from '../running-server.ts'
import { expect, test } from './fixtures.ts'

test('when the server is gone the page stays readable and says so, and resumes by itself when it is back', async ({ page }) => {
  const data = mkdtempSync(join(tmpdir(), 'staytuned-'))
  const first = await startServer({ STAYTUNED_DATA: data })
  const editor = await ApiClient.signedIn(first.url)
  const slug = await editor.openStory()
  await editor.publish(slug, 'Before the crash.')
  await page.goto(`${first.url}/stories/${slug}`)
  await expect(page.getByRole('status').filter({ hasText: /^Live$/ })).toBeVisible()

  await first.kill()
  await expect(page.getByRole('status').filter({ hasText: /^Offline since/ })).toBeVisible()
  await expect(page.getByText('Before the crash.')).toBeVisible()

  const second = await startServer({ STAYTUNED_DATA: data, PORT: new URL(first.url).port })
  await (await ApiClient.signedIn(second.url)).publish(slug, 'After the crash.')
  await expect(page.getByText('After the crash.')).toBeVisible({ timeout: 40_000 })
  await expect(page.getByText('Before the crash.')).toHaveCount(1)
  await expect(page.getByRole('status').filter({ hasText: /^Live$/ })).toBeVisible({ timeout: 40_000 })
  await second.stop()
  rmSync(data, { recursive: true })
})
