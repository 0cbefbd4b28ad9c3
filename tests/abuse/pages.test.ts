import { describe, expect, test } from 'vitest'
import { openDatabase } from '#lib/db/open-database.ts'
import { openStore } from '#lib/db/store.ts'
import { databaseKinds, migrations } from '../databases.ts'
import type { OwnSettings } from '../own-settings.ts'
import type { RunningServer } from '../running-server.ts'
import { attackedServer } from './attacked-server.ts'
import { writeLongStory } from './long-story.ts'
import { runAttackers } from './run-attackers.ts'
import { expectUnnoticed, noticedDuring } from './under-attack.ts'

const slug = 'river'

async function writeStory({ settings, data }: OwnSettings): Promise<void> {
  const store = await openStore(await openDatabase(settings.DATABASE_URL, data), migrations)
  await writeLongStory(store, { slug, events: 5_901 })
  await store.close()
}

/** What an address needs is loaded when it is first asked for, which takes a fresh process up to a second. */
async function askOnce({ url }: RunningServer): Promise<void> {
  for (const attack of ['pages', 'junk', 'writes', 'media']) await runAttackers(attack, url, slug, '1')
}

describe.each(databaseKinds)('many clients that ask as fast as they can, on the %s database', (kind) => {
  const attacked = attackedServer(kind, { prepare: writeStory, warmUp: askOnce })

  test.each([
    ['pages', 'the pages that cost the most, of a story of 5,901 events', ['200', '307', '503']],
    ['junk', 'a page that is spelt in a new way each time', ['200', '404', '405', '503']],
    ['writes', 'what is refused without a session', ['401', '415', '503']],
    ['media', 'pictures that don’t exist', ['404', '503']],
    ['health', 'how the process is', ['200']],
  ])('%s: are noticed by nobody else if they ask for %s', async (attack, _, statuses) => {
    const { server, admin } = attacked
    const { noticed, answer } = await noticedDuring(server, admin, () => runAttackers(attack, server.url, slug))
    expectUnnoticed(noticed)
    expect(answer[statuses[0] ?? '']).toBeGreaterThan(0)
    expect(Object.keys(answer).filter((status) => ![...statuses, 'given-up'].includes(status))).toEqual([])
  })
})
