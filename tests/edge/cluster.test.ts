import { kill } from 'node:process'
import { describe, expect, onTestFinished, test } from 'vitest'
import { ApiClient } from '../api-client.ts'
import { databaseKinds } from '../databases.ts'
import { ownSettings } from '../own-settings.ts'
import { failToStart, startServer } from '../running-server.ts'
import { followStory } from './following.ts'

const program = (...sizes: string[]) => ['--import', 'tsx', 'lib/cli/cluster.ts', ...sizes]

describe.runIf(databaseKinds.includes('server'))('a cluster on the server database', () => {
  test('is one site behind one port, whichever of its processes is killed or replaced', async () => {
    const { settings, drop } = await ownSettings('server')
    const cluster = await startServer({ ...settings, STAYTUNED_DRAIN: '1' }, program('--web', '2', '--live', '1'))
    onTestFinished(async () => {
      await cluster.stop()
      await drop()
    })
    /** Those that have served in that place, the latest last. */
    const processes = (name: string) =>
      [...cluster.output().matchAll(new RegExp(`^${name}: process (\\d+) serves`, 'gm'))].map(([, pid]) => Number(pid))
    const latest = (name: string) => processes(name).at(-1) ?? 0
    const editor = await ApiClient.signedIn(cluster.url)
    const slug = await editor.openStory()
    const reader = await followStory(cluster.url, slug)
    const publish = async () => {
      const { status, body } = await editor.publish(slug, 'The water is rising.')
      expect(status).toBe(201)
      await expect.poll(() => reader.updates.at(-1), { timeout: 15_000 }).toBe((body as { id: string }).id)
    }
    await publish()
    expect(await (await fetch(`${cluster.url}/stories/${slug}`)).text()).toContain('The water is rising.')

    for (const name of ['web 1', 'live 1']) {
      kill(latest(name), 'SIGKILL')
      // The other answers meanwhile.
      expect((await fetch(`${cluster.url}/stories/${slug}`)).status).toBe(200)
      await expect.poll(() => processes(name).length, { timeout: 20_000 }).toBe(2)
      await publish()
    }

    kill(cluster.pid, 'SIGUSR2')
    const statuses = new Set<number>()
    await expect
      .poll(
        async () => {
          statuses.add((await fetch(`${cluster.url}/stories/${slug}`)).status)
          return cluster.output()
        },
        { timeout: 40_000 },
      )
      .toContain('Every process has been restarted')
    expect([...statuses]).toEqual([200])
    expect(['web 1', 'web 2', 'live 1'].map((name) => processes(name).length)).toEqual([3, 2, 3])
    await publish()
    expect(reader.seqs).toEqual([2, 3, 4, 5])

    expect(await cluster.stop()).toBe(0)
    for (const name of ['web 1', 'web 2', 'live 1']) expect(() => kill(latest(name), 0)).toThrow('ESRCH')
  })
})

test('a cluster without a server says what it needs', async () => {
  expect(await failToStart({}, program())).toContain('Set DATABASE_URL to the postgres:// address of a PostgreSQL server')
})
