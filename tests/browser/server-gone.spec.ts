import { ApiClient } from '../api-client.ts'
import { anyKind } from '../databases.ts'
import { ownSettings } from '../own-settings.ts'
import { type RunningServer, startServer } from '../running-server.ts'
import { expect, expectLive, liveBar, test } from './fixtures.ts'

test('when the server is gone the page stays readable and says so, and resumes by itself when it is back', async ({ page }) => {
  const own = await ownSettings(anyKind)
  const servers: RunningServer[] = []
  const start = async (settings: Record<string, string> = {}) => {
    const server = await startServer({ ...own.settings, ...settings })
    servers.push(server)
    return server
  }
  try {
    const first = await start()
    const editor = await ApiClient.signedIn(first.url)
    const slug = await editor.openStory()
    await editor.publish(slug, 'Before the crash.')
    await page.clock.install()
    await page.goto(`${first.url}/stories/${slug}`)
    await expectLive(page)

    await first.kill()
    await expect(liveBar(page)).toContainText('Offline since')
    await expect(page.getByText('Before the crash.')).toBeVisible()

    const second = await start({ PORT: new URL(first.url).port })
    await (await ApiClient.signedIn(second.url)).publish(slug, 'After the crash.')
    // The longest that it waits between two tries.
    await page.clock.fastForward(10_000)
    await expect(page.getByText('After the crash.')).toBeVisible()
    await expect(page.getByText('Before the crash.')).toHaveCount(1)
    await expectLive(page)
  } finally {
    for (const server of servers) await server.kill()
    await own.drop()
  }
})
