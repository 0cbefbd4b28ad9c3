import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openServerDatabase } from '#lib/db/server-database.ts'
import { openStore, type Store } from '#lib/db/store.ts'
import { databaseKinds, makeServerDatabase, migrations, openTestStore } from '../databases.ts'

const story = '01900000-0000-7000-8000-000000000000'

test('the process that has the embedded database is asked alone', async () => {
  const { store, close } = await openTestStore('embedded')
  const stop = await store.erasures.answerAsked('this', async () => null)
  expect(await store.erasures.ask(story, [], 10_000)).toEqual({ expected: 1, answers: [{ process: 'this', epoch: null }] })
  await stop()
  await close()
})

describe.runIf(databaseKinds.includes('server'))('of several processes on one server', () => {
  let drop: () => Promise<void>
  const stores: Store[] = []

  beforeAll(async () => {
    const made = await makeServerDatabase()
    drop = made.drop
    for (let each = 0; each < 3; each += 1) stores.push(await openStore(await openServerDatabase(made.url), migrations))
  })
  afterAll(async () => {
    await Promise.all(stores.map((store) => store.close()))
    await drop()
  })

  test('each is asked, and one that doesn’t answer is missed', async () => {
    const [one, other, silent] = stores as [Store, Store, Store]
    const stops = [
      await one.erasures.answerAsked('one', async () => 2),
      await other.erasures.answerAsked('other', async (id) => (id === story ? 1 : null)),
    ]
    const all = await one.erasures.ask(story, [], 10_000)
    expect(all.expected).toBe(2)
    expect(all.answers.toSorted((a, b) => a.process.localeCompare(b.process))).toEqual([
      { process: 'one', epoch: 2 },
      { process: 'other', epoch: 1 },
    ])
    // It listens, as every process does, and says nothing.
    stops.push(await silent.onAppend(() => {}))
    const some = await one.erasures.ask(story, [], 500)
    expect(some).toMatchObject({ expected: 3, answers: { length: 2 } })
    await Promise.all(stops.map((stop) => stop()))
  })
})
