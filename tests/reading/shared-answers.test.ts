import type { IncomingMessage, ServerResponse } from 'node:http'
import { describe, expect, onTestFinished, test } from 'vitest'
import { shareAnswers } from '#lib/cache/shared-answers.ts'
import type { Store } from '#lib/db/store.ts'
import { limitUncachedWork } from '#lib/http/uncached-work.ts'
import { databaseKinds, openTestStore } from '../databases.ts'
import { openedStory, publish } from '../newsroom/a-newsroom.ts'

describe.each(databaseKinds)('the answers that all readers share, over the %s database', (kind) => {
  test('are dropped by an append of this process before its writer is answered, whether or not a notice of it comes', async () => {
    const { store, close } = await openTestStore(kind)
    onTestFinished(close)
    // A database whose notices are lost.
    const deaf: Store = { ...store, onAppend: async () => async () => {} }
    const newsroom = { store, now: () => new Date() }
    const slug = await openedStory(newsroom)
    const answerHead = async (_request: IncomingMessage, response: ServerResponse) => {
      const stored = await store.story(slug)
      const [position] = await store.positions([stored?.story.id ?? ''])
      response.writeHead(200, { 'content-type': 'application/json' }).end(String(position?.head))
    }
    const addresses = { publicUrl: 'http://live.example.org', origins: ['http://live.example.org'], own: 'http://127.0.0.1:3000' }
    const shared = await shareAnswers(answerHead, deaf, addresses, limitUncachedWork(() => null).shared)
    onTestFinished(() => shared.stop())
    const asked = { method: 'GET', url: `/stories/${slug}` }
    const first = await shared.answerTo(asked, 'reader')
    expect(shared.peek(asked)).toBe(first)
    await publish(newsroom, slug, 'The bridge is open.')
    expect(shared.peek(asked)).toBeUndefined()
    expect(await shared.answerTo(asked, 'reader')).not.toBe(first)
  })
})
