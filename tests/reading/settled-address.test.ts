import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { settledAddress } from '#lib/cache/settled-address.ts'
import { sharedAddress } from '#lib/cache/shared-address.ts'
import type { Store } from '#lib/db/store.ts'
import { databaseKinds, openTestStore } from '../databases.ts'
import { openedStory, publish } from '../newsroom/a-newsroom.ts'

describe.each(databaseKinds)('the one address of all that are answered the same, by the %s database', (kind) => {
  let store: Store
  let close: () => Promise<void>
  let slug: string
  let draft: string
  const published: { id: string; at: string | null }[] = []

  beforeAll(async () => {
    ;({ store, close } = await openTestStore(kind))
    let time = Date.parse('2026-01-01T00:00:00.000Z')
    const now = () => {
      time += 60_000
      return new Date(time)
    }
    const newsroom = { store, now }
    slug = await openedStory(newsroom)
    for (const text of ['one', 'two', 'three']) {
      const { id, publishedAt } = await publish(newsroom, slug, text)
      published.push({ id, at: publishedAt })
    }
    draft = await openedStory(newsroom, { status: 'draft' })
  })
  afterAll(() => close())

  /** The address that a query of the story's page, or of another path, settles to. */
  async function settled(query: string, path = `/stories/${slug}`): Promise<string> {
    const shared = sharedAddress(path + query)
    return shared === null ? 'none' : (await settledAddress(store, shared)).replace(path, '')
  }

  test('keeps what there is, and makes the end of the log of what is beyond it', async () => {
    expect(await settled('?before=3')).toBe('?before=3')
    expect([await settled('?before=5'), await settled('?before=6'), await settled('?before=999999')]).toEqual(['?before=5', '?before=5', '?before=5'])
    expect([await settled('?after=4'), await settled('?after=77')]).toEqual(['?after=4', '?after=4'])
    expect(await settled('?order=oldest&show=key&before=9')).toBe('?order=oldest&show=key&before=5')
    expect(await settled('?around=999', `/api/stories/${slug}`)).toBe('?around=4')
    expect([await settled('?part=1', `/stories/${slug}/whole`), await settled('?part=3', `/stories/${slug}/whole`)]).toEqual(['', ''])
  })

  test('names no update that isn’t there', async () => {
    const [first] = published
    expect(await settled(`?around=${first?.id}`)).toBe(`?around=${first?.id}`)
    expect(await settled(`?around=${randomUUID()}`)).toBe('')
    expect(await settled(`?around=${randomUUID()}&show=key`)).toBe('?show=key')
  })

  test('names for a moment that of the first update since', async () => {
    const at = encodeURIComponent(published[1]?.at ?? '')
    expect(await settled(`?at=${at}`)).toBe(`?at=${at}`)
    expect(await settled(`?at=${new Date(Date.parse(published[1]?.at ?? '') - 1_000).toISOString()}`)).toBe(`?at=${at}`)
    expect(await settled('?at=2030-01-01T00:00:00Z')).toBe('')
  })

  test('is one for everybody who has to read anew', async () => {
    const path = `/api/stories/${slug}/events`
    const reset = await settled('?epoch=2&after=1', path)
    expect([await settled('?epoch=3&after=2', path), await settled('?epoch=1&after=99', path)]).toEqual([reset, reset])
    expect(await settled('?epoch=1&after=2', path)).toBe('?epoch=1&after=2')
  })

  test('is that of the page alone where there is no story, or none that readers may see', async () => {
    expect(await settled('?before=3', '/stories/nowhere')).toBe('')
    expect(await settled('?before=3', `/stories/${draft}`)).toBe('')
  })
})
