import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { openServerDatabase } from '#lib/db/server-database.ts'
import { openStore, type Store } from '#lib/db/store.ts'
import type { Newsroom } from '#lib/newsroom/newsroom.ts'
import { pinUpdate } from '#lib/newsroom/pin-update.ts'
import { reviseStory } from '#lib/newsroom/revise-story.ts'
import { reviseUpdate } from '#lib/newsroom/revise-update.ts'
import { withdrawUpdate } from '#lib/newsroom/withdraw-update.ts'
import { readTimeline } from '#lib/reading/read-timeline.ts'
import { readView } from '#lib/reading/read-view.ts'
import type { StoryEvent } from '#lib/story/event.ts'
import { applyEvent, openView, type View } from '#lib/story/view.ts'
import { databaseKinds, makeServerDatabase, migrations, openTestStore } from '../databases.ts'
import { editor, logOf, openedStory, publish } from '../newsroom/a-newsroom.ts'

function fold([opened, ...rest]: readonly StoryEvent[]): View {
  if (opened?.type !== 'story.opened') throw new Error('a log begins with story.opened')
  return rest.reduce(applyEvent, openView(opened))
}

describe.each(databaseKinds)('the store on the %s database', (kind) => {
  let store: Store
  let newsroom: Newsroom
  let close: () => Promise<void>

  beforeAll(async () => {
    ;({ store, close } = await openTestStore(kind))
    newsroom = { store, now: () => new Date() }
  })
  afterAll(() => close())

  test('a hundred updates published at once get a hundred numbers in a row, and times that run with them', async () => {
    const slug = await openedStory(newsroom)
    const answers = await Promise.all(Array.from({ length: 100 }, (_, index) => publish(newsroom, slug, `Update ${index}`)))
    expect(answers.map(({ seq }) => seq ?? 0).sort((one, other) => one - other)).toEqual(Array.from({ length: 100 }, (_, index) => index + 2))
    const log = await logOf(store, slug)
    expect(log.map((event) => event.seq)).toEqual(Array.from({ length: 101 }, (_, index) => index + 1))
    const times = log.map((event) => event.at)
    expect(times).toEqual(times.toSorted())
  })

  test('whatever the newsroom does, what is kept as the current state is the fold of the log', async () => {
    const command = fc.record({
      what: fc.constantFrom('publish', 'revise', 'correct', 'withdraw', 'pin', 'unpin', 'headline', 'status'),
      which: fc.nat(30),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(command, { minLength: 1, maxLength: 40 }), async (commands) => {
        const slug = await openedStory(newsroom)
        const ids: string[] = []
        for (const [turn, { what, which }] of commands.entries()) {
          const id = ids[which % Math.max(ids.length, 1)]
          if (what === 'headline') await reviseStory(newsroom, editor, slug, { headline: `Headline ${turn}` })
          else if (what === 'status') await reviseStory(newsroom, editor, slug, { status: which % 2 === 0 ? 'paused' : 'developing' })
          else if (what === 'publish' || id === undefined) ids.push((await publish(newsroom, slug, `Update ${turn}`, { key: which % 3 === 0 })).id)
          else if (what === 'pin' || what === 'unpin') await pinUpdate(newsroom, editor, slug, id, what === 'pin')
          else if (what === 'withdraw') await withdrawUpdate(newsroom, editor, slug, id, `Notice ${turn}`)
          else {
            const version = (await readView(store, slug))?.updates.find((update) => update.id === id)?.version ?? 1
            const correction = what === 'correct' ? { correction: { note: `Note ${turn}` } } : {}
            await reviseUpdate(newsroom, editor, slug, id, version, { body: `Revised ${turn}`, ...correction })
          }
        }
        const view = await readView(store, slug)
        const whole = fold(await logOf(store, slug))
        const shown = whole.updates.slice(0, 20)
        const next = whole.updates.length > 20 ? String(shown.at(-1)?.seq) : null
        expect(view).toEqual({ ...whole, updates: shown, next, readAt: undefined })
      }),
      { numRuns: 15 },
    )
  })

  test('pages of the timeline neither repeat nor leave out an update, whatever happens between them', async () => {
    const slug = await openedStory(newsroom)
    const updates = []
    for (let number = 0; number < 12; number += 1) updates.push(await publish(newsroom, slug, `Update ${number}`))
    const storyId = (await store.story(slug))?.story.id ?? ''
    const seen: number[] = []
    let before: number | undefined
    for (let turn = 0; ; turn += 1) {
      const page = await readTimeline(store, storyId, before, 4)
      seen.push(...page.updates.map((update) => update.seq))
      if (page.next === null) break
      before = Number(page.next)
      await publish(newsroom, slug, 'Added meanwhile.')
      await withdrawUpdate(newsroom, editor, slug, updates[turn]?.id ?? '', 'Withdrawn meanwhile.')
      await reviseUpdate(newsroom, editor, slug, updates[11 - turn]?.id ?? '', 1, { body: 'Edited meanwhile.' })
    }
    expect(seen).toEqual(Array.from({ length: 12 }, (_, index) => 13 - index))
  })

  test('each append is heard of', async () => {
    const slug = await openedStory(newsroom)
    const storyId = (await store.story(slug))?.story.id
    const heard: number[] = []
    const stop = await store.onAppend((id, seq) => {
      if (id === storyId) heard.push(seq)
    })
    onTestFinished(stop)
    for (let number = 0; number < 5; number += 1) await publish(newsroom, slug, 'x')
    await expect.poll(() => heard).toEqual([2, 3, 4, 5, 6])
  })

  test('what fails halfway leaves nothing behind', async () => {
    const slug = await openedStory(newsroom)
    const before = await readView(store, slug)
    const failing = store.writeStory(slug, async (log) => {
      await log.append(
        { type: 'story.revised', story: { ...log.now.story, headline: 'Half done' } },
        { at: new Date(), author: { id: 'x', name: 'X' } },
      )
      throw new Error('the power went')
    })
    await expect(failing).rejects.toThrow('the power went')
    expect(await readView(store, slug)).toEqual(before)
    expect(await logOf(store, slug)).toHaveLength(1)
    expect((await publish(newsroom, slug, 'Goes on.')).seq).toBe(2)
  })
})

describe.runIf(databaseKinds.includes('server'))('two processes on one database server', () => {
  test('write to one story in one order', async () => {
    const { url, drop } = await makeServerDatabase()
    const stores = [await openStore(await openServerDatabase(url), migrations), await openStore(await openServerDatabase(url), migrations)]
    onTestFinished(async () => {
      for (const store of stores) await store.close()
      await drop()
    })
    const [one, other] = stores.map((store): Newsroom => ({ store, now: () => new Date() }))
    if (!one || !other) throw new Error('two stores were opened')
    const slug = await openedStory(one)
    const answers = await Promise.all(Array.from({ length: 60 }, (_, index) => publish(index % 2 === 0 ? one : other, slug, `Update ${index}`)))
    const log = await logOf(other.store, slug)
    expect(log.map((event) => event.seq)).toEqual(Array.from({ length: 61 }, (_, index) => index + 1))
    for (const { id, seq } of answers) expect(log.find((event) => event.seq === seq)).toMatchObject({ update: { id } })
  })
})
