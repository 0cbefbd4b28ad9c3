import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { openServerDatabase } from '#lib/db/server-database.ts'
import { openStore, type Store } from '#lib/db/store.ts'
import type { Newsroom } from '#lib/newsroom/newsroom.ts'
import { pinUpdate } from '#lib/newsroom/pin-update.ts'
import { publishDueDrafts } from '#lib/newsroom/publish-due-drafts.ts'
import { publishUpdate } from '#lib/newsroom/publish-update.ts'
import { reviseStory } from '#lib/newsroom/revise-story.ts'
import { reviseUpdate } from '#lib/newsroom/revise-update.ts'
import { withdrawUpdate } from '#lib/newsroom/withdraw-update.ts'
import { readDesk } from '#lib/reading/read-desk.ts'
import { readPage } from '#lib/reading/read-timeline.ts'
import { readView } from '#lib/reading/read-view.ts'
import { body } from '#lib/story/body.ts'
import { withPictureFacts } from '#lib/story/body-pictures.ts'
import { newUpdate } from '#lib/story/update.ts'
import { addPeople, databaseKinds, makeServerDatabase, migrations, openTestStore } from '../databases.ts'
import { effort } from '../effort.ts'
import { answerOf, editor, logOf, openedStory, publish, theEditor } from '../newsroom/a-newsroom.ts'
import { anyBody, ownPictures } from '../story/arbitraries.ts'
import { downTo, foldOf } from '../story/history.ts'

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

  test('a log that is read while it is written to has no hole in it, and no event comes in later before one that was read', async () => {
    const slug = await openedStory(newsroom)
    const storyId = (await store.story(slug))?.story.id ?? ''
    const read = [...(await logOf(store, slug))]
    const writer = async () => {
      for (let number = 0; number < 15; number += 1) await publish(newsroom, slug, `Update ${number}`)
    }
    const writing = Promise.all([writer(), writer(), writer(), writer()])
    let reads = 0
    for (; read.length < 61; reads += 1) {
      const [position] = await store.positions([storyId])
      const more = await store.eventsAfter(storyId, read.length, 1_000)
      read.push(...more)
      expect(read.map((event) => event.seq)).toEqual(Array.from({ length: read.length }, (_, index) => index + 1))
      expect(read.length).toBeGreaterThanOrEqual(position?.head ?? 0)
    }
    await writing
    expect(reads).toBeGreaterThan(1)
    expect(read).toEqual(await logOf(store, slug))
  })

  test('what is written is read as it was, of every kind, and at the ends of time', async () => {
    const slug = await openedStory(newsroom)
    const picture = { type: 'image/jpeg', bytes: 1, name: '', uploadedBy: 'the-editor', createdAt: new Date() }
    const note = {
      at: new Date(),
      actor: { id: null, name: 'A test' },
      action: 'picture-added',
      subject: { type: 'picture', id: null, label: '' },
    } as const
    for (const [id, facts] of ownPictures) await store.pictures.add({ id, ...facts, ...picture }, note)
    const sample = fc.sample(anyBody, { seed: 1, numRuns: 60 }).filter((each) => body.safeParse(each).success)
    const bodies = sample.map((each) => withPictureFacts(each, ownPictures))
    const times = ['0001-01-01T00:00:00.000Z', '1970-01-01T00:00:00.000Z', '2026-01-31T14:05:00.001Z', '9999-12-31T23:59:59.999Z']
    for (const [index, document] of bodies.entries()) {
      const occurredAt = times[index % times.length] ?? null
      const input = {
        title: `Title ${index}`,
        body: document,
        language: index % 3 === 0 ? 'uk' : null,
        occurredAt,
        key: index % 2 === 0,
        breaking: index % 4 === 0,
        status: 'published' as const,
        tags: ['flood', 'Ужгород'],
        claims: [],
        pinned: false,
        publishAt: null,
        hold: 0,
      }
      const { id } = answerOf(await publishUpdate(newsroom, editor, slug, input, null))
      const [read] = (await readView(store, slug))?.updates ?? []
      expect(read).toMatchObject({ id, title: `Title ${index}`, body: document, occurredAt, key: index % 2 === 0, breaking: index % 4 === 0 })
    }
    expect(bodies.length).toBeGreaterThan(20)
    const log = await logOf(store, slug)
    expect(log.flatMap((event) => ('update' in event ? [event.update.body] : []))).toEqual(bodies)
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
        const whole = foldOf(await logOf(store, slug))
        const next = whole.updates.length > 20 ? String(whole.updates[19]?.seq) : null
        expect(view).toEqual(downTo(whole, next))
        expect(view?.updates).toHaveLength(Math.min(whole.updates.length, 20))
      }),
      { numRuns: effort(6, 100) },
    )
  })

  test('pages of the timeline neither repeat nor leave out an update, whatever happens between them', async () => {
    const slug = await openedStory(newsroom)
    const updates = []
    for (let number = 0; number < 12; number += 1) updates.push(await publish(newsroom, slug, `Update ${number}`))
    const seen: number[] = []
    let before: number | undefined
    for (let turn = 0; ; turn += 1) {
      const page = await readPage(store, slug, { before, limit: 4 })
      seen.push(...(page?.updates ?? []).map((update) => update.seq))
      if (!page || page.next === null) break
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

  test('nothing is heard of any more by whoever stops listening, nor of what was taken back', async () => {
    const slug = await openedStory(newsroom)
    const [one, other]: [number[], number[]] = [[], []]
    const stop = await store.onAppend((_, seq) => void one.push(seq))
    onTestFinished(await store.onAppend((_, seq) => void other.push(seq)))
    await publish(newsroom, slug, 'x')
    await expect.poll(() => one).toEqual([2])
    await stop()
    await expect(
      store.writeStory(slug, async (log) => {
        await log.append({ type: 'story.revised', story: log.now.story }, { at: new Date(), author: { id: 'x', name: 'X' } })
        throw new Error('the power went')
      }),
    ).rejects.toThrow('the power went')
    await publish(newsroom, slug, 'y')
    await expect.poll(() => other).toEqual([2, 3])
    expect(one).toEqual([2])
  })

  test('what fails halfway leaves nothing behind', async () => {
    const slug = await openedStory(newsroom)
    const { id } = await publish(newsroom, slug, 'As it was.')
    const draft = await publish(newsroom, slug, 'Not yet.', { status: 'draft' })
    const before = await readDesk(store, slug, theEditor)
    const signature = { at: new Date(), author: { id: 'x', name: 'X' } }
    const failing = store.writeStory(slug, async (log) => {
      const stored = await log.update(id)
      if (stored?.kind !== 'published') throw new Error('the update was published')
      await log.append({ type: 'story.revised', story: { ...log.now.story, headline: 'Half done' } }, signature)
      await log.append({ type: 'update.pinned', update: { ...stored.update, version: 2, title: 'Half done' } }, signature)
      await log.discardDraft(draft.id)
      await log.keepReceipt('key', { requestHash: 'x', answer: null }, signature.at)
      throw new Error('the power went')
    })
    await expect(failing).rejects.toThrow('the power went')
    expect(await readDesk(store, slug, theEditor)).toEqual(before)
    expect(await logOf(store, slug)).toHaveLength(2)
    const kept = await store.writeStory(slug, async (log) => ({ receipt: await log.receipt('key'), next: log.next }))
    expect(kept).toEqual({ receipt: null, next: 3 })
    expect((await publish(newsroom, slug, 'Goes on.')).seq).toBe(3)
  })

  test('a story that is opened at an address that is taken leaves nothing behind', async () => {
    const slug = await openedStory(newsroom)
    const stored = await store.story(slug)
    if (!stored) throw new Error('the story was opened')
    const other = { ...stored.story, id: '01900000-0000-7000-8000-00000000abcd', headline: 'Another' }
    expect(
      await store.openStory(other, { template: null, autoCloseDays: null }, { at: new Date(), author: { id: 'x', name: 'X' } }, ({ open }) => open()),
    ).toBeNull()
    expect(await store.story(slug)).toEqual(stored)
    expect(await store.eventsAfter(other.id, 0, 10)).toEqual([])
  })
})

describe.runIf(databaseKinds.includes('server'))('two processes on one database server', () => {
  let one: Newsroom
  let other: Newsroom
  let close: () => Promise<void>

  beforeAll(async () => {
    const { url, drop } = await makeServerDatabase()
    const databases = [await openServerDatabase(url), await openServerDatabase(url)] as const
    const stores = await Promise.all(databases.map((database) => openStore(database, migrations)))
    await addPeople(databases[0], [theEditor])
    const [first, second] = stores.map((store): Newsroom => ({ store, now: () => new Date() }))
    if (!first || !second) throw new Error('two stores were opened')
    one = first
    other = second
    close = async () => {
      await Promise.all(stores.map((store) => store.close()))
      await drop()
    }
  })
  afterAll(() => close())

  test('write to one story in one order, and each hears of all of it', async () => {
    const slug = await openedStory(one)
    const heard = new Map<Newsroom, number[]>()
    for (const newsroom of [one, other]) {
      const seqs: number[] = []
      heard.set(newsroom, seqs)
      onTestFinished(await newsroom.store.onAppend((_, seq) => void seqs.push(seq)))
    }
    const answers = await Promise.all(Array.from({ length: 60 }, (_, index) => publish(index % 2 === 0 ? one : other, slug, `Update ${index}`)))
    const log = await logOf(other.store, slug)
    const numbers = Array.from({ length: 61 }, (_, index) => index + 1)
    expect(log.map((event) => event.seq)).toEqual(numbers)
    for (const { id, seq } of answers) expect(log.find((event) => event.seq === seq)).toMatchObject({ update: { id } })
    expect(log.map((event) => event.at)).toEqual(log.map((event) => event.at).toSorted())
    expect(await logOf(one.store, slug)).toEqual(log)
    for (const newsroom of [one, other]) await expect.poll(() => heard.get(newsroom)).toEqual(numbers.slice(1))
  })

  test('publish once what both are sent with one key', async () => {
    const slug = await openedStory(one)
    const input = newUpdate.parse({ body: 'The same.' })
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, index) => publishUpdate(index % 2 === 0 ? one : other, editor, slug, input, 'key')),
    )
    expect(new Set(results.map((result) => JSON.stringify(answerOf(result)))).size).toBe(1)
    expect(await logOf(one.store, slug)).toHaveLength(2)
  })

  test('publish a draft once though both find that its time has come', async () => {
    const slug = await openedStory(one)
    const past = new Date(0).toISOString()
    for (let number = 0; number < 5; number += 1) await publish(one, slug, `Draft ${number}`, { status: 'draft', publishAt: past })
    const counts = await Promise.all([publishDueDrafts(one), publishDueDrafts(other), publishDueDrafts(one), publishDueDrafts(other)])
    expect(counts.reduce((sum, count) => sum + count)).toBe(5)
    expect(await logOf(one.store, slug)).toHaveLength(6)
  })
})
