import { describe, expect, onTestFinished, test } from 'vitest'
import { openStory } from '#lib/newsroom/open-story.ts'
import { publishUpdate } from '#lib/newsroom/publish-update.ts'
import { type NewStory, newStory } from '#lib/story/story.ts'
import { newUpdate } from '#lib/story/update.ts'
import { databaseKinds, openTestStore } from '../databases.ts'
import { effort } from '../effort.ts'
import { answerOf, caller, editor, logOf, openedStory, publish } from './a-newsroom.ts'

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

  test('a story that is sent many times at once, with one key, is opened once, and each is told the same', async () => {
    const { store, close } = await openTestStore(kind)
    onTestFinished(close)
    const newsroom = { store, now: () => new Date() }
    const story = newStory.parse({ headline: 'A bridge is closed' })
    const open = (input: NewStory, key: string | null, who = editor) => openStory(newsroom, who, input, key)
    const answers = await Promise.all(Array.from({ length: 20 }, async () => answerOf(await open(story, 'the one key'))))
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    expect(answers[0]).toMatchObject({ slug: 'a-bridge-is-closed', head: 1 })
    expect(await store.stories({ limit: 10, isForReaders: false })).toHaveLength(1)

    // The answer stays the same, whatever has become of the story.
    await publish(newsroom, 'a-bridge-is-closed', 'It is closed.')
    expect(answerOf(await open(story, 'the one key'))).toEqual(answers[0])
    expect(await open({ ...story, headline: 'Another bridge' }, 'the one key')).toEqual({ kind: 'key-reused' })
    // A key is one person's.
    expect(answerOf(await open(story, 'the one key', caller('admin'))).slug).toBe('a-bridge-is-closed-2')
    expect(answerOf(await open(story, 'another key')).slug).toBe('a-bridge-is-closed-3')
    expect(answerOf(await open(story, null)).slug).toBe('a-bridge-is-closed-4')
  })

  test('a story that was refused may be sent again with its key', async () => {
    const { store, close } = await openTestStore(kind)
    onTestFinished(close)
    const newsroom = { store, now: () => new Date() }
    const slug = await openedStory(newsroom)
    const story = newStory.parse({ headline: 'A bridge is closed', slug })
    expect(await openStory(newsroom, editor, story, 'a key')).toEqual({ kind: 'slug-taken', slug })
    expect(answerOf(await openStory(newsroom, editor, { ...story, slug: `${slug}-b` }, 'a key')).slug).toBe(`${slug}-b`)
  })
})
