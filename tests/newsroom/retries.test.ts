import { describe, expect, onTestFinished, test } from 'vitest'
import { publishUpdate } from '#lib/newsroom/publish-update.ts'
import { newUpdate } from '#lib/story/update.ts'
import { databaseKinds, openTestStore } from '../databases.ts'
import { effort } from '../effort.ts'
import { answerOf, editor, logOf, openedStory } from './a-newsroom.ts'

describe.each(databaseKinds)('on the %s database', (kind) => {
  // The embedded one does one thing at a time, and whoever waits for ten seconds is told to come again.
  const retries = kind === 'server' ? effort(200, 1_000) : effort(50, 200)
  test(`an update that is sent ${retries} times at once, with one key, is published once, and each is told the same`, async () => {
    const { store, close } = await openTestStore(kind)
    onTestFinished(close)
    const newsroom = { store, now: () => new Date() }
    const slug = await openedStory(newsroom)
    const update = newUpdate.parse({ body: 'The bridge is closed.' })
    const answers = await Promise.all(
      Array.from({ length: retries }, async () => answerOf(await publishUpdate(newsroom, editor, slug, update, 'the one key'))),
    )
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    expect((await logOf(store, slug)).map(({ type }) => type)).toEqual(['story.opened', 'update.published'])
  })
})
