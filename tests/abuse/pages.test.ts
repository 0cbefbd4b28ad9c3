import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDatabase } from '#lib/db/open-database.ts'
import { openStore } from '#lib/db/store.ts'
import { ApiClient } from '../api-client.ts'
import { databaseKinds, migrations } from '../databases.ts'
import { type OwnSettings, ownSettings } from '../own-settings.ts'
import { type RunningServer, startServer } from '../running-server.ts'
import { writeLongStory } from './long-story.ts'
import { runAttackers } from './run-attackers.ts'
import { expectUnnoticed, noticedDuring } from './under-attack.ts'

const slug = 'river'

describe.each(databaseKinds)('many clients that ask as fast as they can, on the %s database', (kind) => {
  let own: OwnSettings
  let server: RunningServer
  let admin: ApiClient

  beforeAll(async () => {
    own = await ownSettings(kind)
    const store = await openStore(await openDatabase(own.settings.DATABASE_URL, own.data), migrations)
    await writeLongStory(store, { slug, events: 5_901 })
    await store.close()
    server = await startServer({ ...own.settings, STAYTUNED_PROXIES: '1' })
    admin = await ApiClient.signedIn(server.url)
    // What an address needs is loaded when it is first asked for, which takes a fresh process up to a second.
    for (const kind of ['pages', 'junk', 'writes', 'media']) await runAttackers(kind, server.url, slug, '1')
  })
  afterAll(async () => {
    await server?.stop()
    await own?.drop()
  })

  test('are noticed by nobody else if the pages are those that cost the most, of a story of 5,901 events', async () => {
    const { noticed, answer } = await noticedDuring(server, admin, () => runAttackers('pages', server.url, slug))
    expectUnnoticed(noticed)
    expect(answer['200']).toBeGreaterThan(0)
    expect(Object.keys(answer).filter((status) => !['200', '307', '503', 'given-up'].includes(status))).toEqual([])
  })

  test('are noticed by nobody else if each address is spelt in a new way', async () => {
    const { noticed, answer } = await noticedDuring(server, admin, () => runAttackers('junk', server.url, slug))
    expectUnnoticed(noticed)
    expect(Object.keys(answer).filter((status) => !['200', '404', '405', '503', 'given-up'].includes(status))).toEqual([])
  })

  test.each(['writes', 'media', 'health'])('are noticed by nobody else if they send what is refused or costs little: %s', async (kind) => {
    const { noticed, answer } = await noticedDuring(server, admin, () => runAttackers(kind, server.url, slug))
    expectUnnoticed(noticed)
    expect(Object.keys(answer).filter((status) => !['200', '400', '401', '404', '415', '503', 'given-up'].includes(status))).toEqual([])
  })
})
