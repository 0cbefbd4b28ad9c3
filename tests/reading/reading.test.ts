import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openStore, type Store } from '#lib/db/store.ts'
import { assessClaim } from '#lib/newsroom/assess-claim.ts'
import { makeClaim } from '#lib/newsroom/make-claim.ts'
import type { Newsroom } from '#lib/newsroom/newsroom.ts'
import { pinUpdate } from '#lib/newsroom/pin-update.ts'
import { raiseQuestion } from '#lib/newsroom/raise-question.ts'
import { reviseStory } from '#lib/newsroom/revise-story.ts'
import { reviseUpdate } from '#lib/newsroom/revise-update.ts'
import { withdrawClaim } from '#lib/newsroom/withdraw-claim.ts'
import { withdrawUpdate } from '#lib/newsroom/withdraw-update.ts'
import { catchUp } from '#lib/reading/catch-up.ts'
import { readChanges } from '#lib/reading/read-changes.ts'
import { comparisonPage, readComparison } from '#lib/reading/read-comparison.ts'
import { readCorrections } from '#lib/reading/read-corrections.ts'
import { readDesk } from '#lib/reading/read-desk.ts'
import { readHealth } from '#lib/reading/read-health.ts'
import { readPublicLog } from '#lib/reading/read-log.ts'
import { readOpening } from '#lib/reading/read-opening.ts'
import { readStories, readStoriesOf } from '#lib/reading/read-stories.ts'
import { readStoryAt } from '#lib/reading/read-story-at.ts'
import { type AskedPage, readStoryPage } from '#lib/reading/read-story-page.ts'
import { type Place, readPage } from '#lib/reading/read-timeline.ts'
import { readUpdate } from '#lib/reading/read-update.ts'
import { readView } from '#lib/reading/read-view.ts'
import { readWholeStory } from '#lib/reading/read-whole-story.ts'
import { type Findings, searchStory } from '#lib/reading/search-story.ts'
import type { StoryAt } from '#lib/story/as-of.ts'
import { emptyBody } from '#lib/story/body.ts'
import { checkLog, type LogEntry } from '#lib/story/chain.ts'
import { noChanges } from '#lib/story/change-counts.ts'
import { newAssessment, newClaim } from '#lib/story/claim.ts'
import { publishedCount } from '#lib/story/count-pace.ts'
import { addPage, applyEvent, cursorAt, type Side } from '#lib/story/fold.ts'
import { mostCaughtUp } from '#lib/story/merge.ts'
import { newQuestion } from '#lib/story/question.ts'
import { tapeOf } from '#lib/story/replay.ts'
import { storyChanges } from '#lib/story/story.ts'
import type { View } from '#lib/story/view.ts'
import { databaseKinds, migrations, openOwnDatabase, openTestStore } from '../databases.ts'
import { answerOf, editor, logOf, openedStory, publish, theEditor } from '../newsroom/a-newsroom.ts'
import { foldOf, partOf, past, seen } from '../story/history.ts'

const noon = Date.parse('2026-01-31T12:00:00Z')

describe.each(databaseKinds)('a reader of the %s database', (kind) => {
  let store: Store
  let newsroom: Newsroom
  let close: () => Promise<void>

  beforeAll(async () => {
    ;({ store, close } = await openTestStore(kind))
    newsroom = { store, now: () => new Date() }
  })
  afterAll(() => close())

  async function publishMany(slug: string, count: number) {
    const ids: string[] = []
    for (let number = 0; number < count; number += 1) ids.push((await publish(newsroom, slug, `Update ${number}`)).id)
    return ids
  }

  /** A newsroom in which each thing is done a while after the one before, from noon on. */
  function newsroomOf(minutesBetween: number): Newsroom {
    let time = noon
    return {
      store,
      now: () => {
        time += minutesBetween * 60_000
        return new Date(time)
      },
    }
  }

  /** A story of thirty updates, every third a key event, with some of all that can happen to them. */
  async function eventfulStory() {
    const desk = newsroomOf(7)
    const slug = await openedStory(desk)
    const ids: string[] = []
    for (let number = 0; number < 30; number += 1) ids.push((await publish(desk, slug, `Update ${number}`, { key: number % 3 === 0 })).id)
    await withdrawUpdate(desk, editor, slug, ids[3] ?? '', 'Withdrawn.')
    await withdrawUpdate(desk, editor, slug, ids[20] ?? '', 'Withdrawn.')
    await reviseUpdate(desk, editor, slug, ids[6] ?? '', 1, { key: false })
    await reviseUpdate(desk, editor, slug, ids[7] ?? '', 1, { key: true })
    await reviseUpdate(desk, editor, slug, ids[9] ?? '', 1, { body: 'Corrected', correction: { note: 'It was wrong.' } })
    await pinUpdate(desk, editor, slug, ids[1] ?? '', true)
    return { desk, slug, ids }
  }

  let unchanged: ReturnType<typeof eventfulStory> | undefined
  /** Such a story for the tests that only read: all of them are given the same one. */
  const readOnlyStory = () => {
    unchanged ??= eventfulStory()
    return unchanged
  }

  /** The view with the next part at that end; the same if it can't be had. */
  async function load(view: View, slug: string, side: Side, limit: number): Promise<View> {
    const cursor = cursorAt(view, side)
    if (cursor === null) return view
    const place = side === 'older' ? { before: Number(cursor) } : { after: Number(cursor) }
    const page = await readPage(store, slug, { ...place, show: view.show, limit })
    return page ? addPage(view, side, cursor, page) : view
  }

  describe('who compares two moments', () => {
    test('sees what lies between them, whichever is named first, and none before there was something to see', async () => {
      const { desk, slug, ids } = await eventfulStory()
      const earlier = (await logOf(store, slug)).at(-1)?.at ?? ''
      const { id: added } = await publish(desk, slug, 'One more')
      await reviseUpdate(desk, editor, slug, ids[29] ?? '', 1, { body: 'Not so.', correction: { note: 'It was wrong.' } })
      await withdrawUpdate(desk, editor, slug, ids[28] ?? '', 'It was not so.')
      await reviseStory(desk, editor, slug, storyChanges.parse({ headline: 'The bridge is open' }))
      const later = (await logOf(store, slug)).at(-1)?.at ?? ''
      const found = await readComparison(store, slug, { from: earlier, to: later })
      expect(found?.storyChange).toMatchObject({ before: { headline: 'A bridge is closed' }, after: { headline: 'The bridge is open' } })
      expect(found?.publishedCount).toBe(1)
      expect(found?.updates.map(({ before, after }) => [before?.id ?? null, after.id, after.withdrawal?.notice ?? null])).toEqual([
        [ids[28], ids[28], 'It was not so.'],
        [ids[29], ids[29], null],
        [null, added, null],
      ])
      expect(found?.updates[0]?.before?.body).toEqual(emptyBody)
      expect(await readComparison(store, slug, { from: later, to: earlier })).toEqual(found)
      const whole = await readComparison(store, slug, { to: later })
      expect(whole).toEqual(await readComparison(store, slug, { from: '2001-01-01T00:00:00.000Z', to: later }))
      expect(whole?.from).toBe(whole?.begun)
      expect(whole?.publishedCount).toBe(31)
      expect(await readComparison(store, slug, { from: later, to: later })).toMatchObject({
        storyChange: null,
        updates: [],
        publishedCount: 0,
        next: null,
      })
      expect(await readComparison(store, slug, { to: '2001-01-01T00:00:00.000Z' })).toBeNull()
      expect(await readComparison(store, await openedStory(desk, { status: 'draft' }), { to: later })).toBeNull()
    })

    test('reads many changes a page at a time', async () => {
      const desk = newsroomOf(90)
      const slug = await openedStory(desk)
      for (let number = 0; number < 60; number += 1) await publish(desk, slug, `Number ${number}`)
      const to = (await logOf(store, slug)).at(-1)?.at ?? ''
      const first = await readComparison(store, slug, { to })
      expect([first?.updates.length, first?.publishedCount, first?.isFirstPage]).toEqual([comparisonPage, 60, true])
      const second = await readComparison(store, slug, { to, before: first?.next ?? undefined })
      expect([second?.updates.length, second?.publishedCount, second?.isFirstPage, second?.next]).toEqual([10, 60, false, null])
    })
  })

  describe('of what was corrected', () => {
    test('sees what it said, what it says and why, newest first, and small changes apart from that', async () => {
      const desk = newsroomOf(9)
      const slug = await openedStory(desk)
      const { id } = await publish(desk, slug, 'Two are hurt.', { title: 'Hurt' })
      const { id: other } = await publish(desk, slug, 'The road is closd.')
      await reviseUpdate(desk, editor, slug, other, 1, { body: 'The road is closed.' })
      await reviseUpdate(desk, editor, slug, id, 1, { body: 'Three are hurt.', correction: { note: 'One more was found.' } })
      await reviseUpdate(desk, editor, slug, id, 2, { key: true })
      await reviseUpdate(desk, editor, slug, id, 3, { title: 'Three hurt', correction: { note: 'The title as well.' } })
      const found = await readCorrections(store, slug)
      expect(found?.corrections).toMatchObject([
        {
          version: 4,
          note: 'The title as well.',
          update: { id },
          texts: { before: { title: 'Hurt', text: 'Three are hurt.' }, after: { title: 'Three hurt', text: 'Three are hurt.' } },
        },
        { version: 2, note: 'One more was found.', texts: { before: { text: 'Two are hurt.' }, after: { text: 'Three are hurt.' } } },
      ])
      expect(found?.others).toMatchObject([{ note: null, update: { id: other }, texts: { before: { text: 'The road is closd.' } } }])
      const view = await readView(store, slug)
      expect(view?.corrections).toMatchObject({
        count: 2,
        newest: [
          { id, version: 4 },
          { id, version: 2 },
        ],
      })
      expect(view?.corrections).toEqual(foldOf(await logOf(store, slug)).corrections)
    })

    test('sees nothing of the time in which the story was a draft: no correction, and of its log only that it was', async () => {
      const desk = newsroomOf(9)
      const slug = await openedStory(desk, { status: 'draft' })
      const { id } = await publish(desk, slug, 'A name that is wrong.')
      await reviseUpdate(desk, editor, slug, id, 1, { body: 'The name that is right.', correction: { note: 'It was another.' } })
      await reviseStory(desk, editor, slug, storyChanges.parse({ status: 'developing' }))
      await reviseUpdate(desk, editor, slug, id, 2, { body: 'The name, and more.', correction: { note: 'More is known.' } })
      const found = await readCorrections(store, slug)
      expect(found?.corrections).toMatchObject([{ note: 'More is known.', texts: { before: { text: 'The name that is right.' } } }])
      const view = await readView(store, slug)
      expect(view?.corrections).toMatchObject({ count: 1, newest: [{ id, version: 3 }] })
      expect(view?.updates[0]?.corrections.map(({ note }) => note)).toEqual(['More is known.'])
      expect(await readChanges(store, slug, 1, 0)).toMatchObject({ corrections: 1 })
      expect(view?.corrections).toEqual(foldOf(await logOf(store, slug)).corrections)
      for (const after of [0, 1, 2, 3]) expect(await catchUp(store, slug, 1, after)).toMatchObject({ reset: true })
      expect(await catchUp(store, slug, 1, 4)).toMatchObject({ events: [{ seq: 5 }] })

      const log = await readPublicLog(store, slug)
      const entries: LogEntry[] = []
      for await (const entry of log?.entries ?? []) entries.push(entry)
      expect(entries.map(({ payload }) => payload === null)).toEqual([true, true, true, false, false])
      expect(JSON.stringify(entries)).not.toContain('A name that is wrong.')
      const checked = await checkLog(
        log?.stored.story.id ?? '',
        (async function* () {
          yield* entries
        })(),
        { mayWithhold: true },
      )
      expect(checked).toEqual({ kind: 'whole', events: 5, erased: 0, withheld: 3, hash: log?.stored.chain })
      const opening = await readOpening(store, slug)
      const played = tapeOf((await logOf(store, slug)).slice(3), opening?.opening)
      expect(played?.viewAfter(2)).toEqual(foldOf(await logOf(store, slug)))
    })

    test('sees nothing of what an update said that was withdrawn, and nothing of a story that isn’t open', async () => {
      const desk = newsroomOf(9)
      const slug = await openedStory(desk)
      const { id } = await publish(desk, slug, 'Two are hurt.')
      await reviseUpdate(desk, editor, slug, id, 1, { body: 'Three are hurt.', correction: { note: 'One more was found.' } })
      await withdrawUpdate(desk, editor, slug, id, 'It was not so.')
      const found = await readCorrections(store, slug)
      expect(found?.corrections).toMatchObject([{ note: 'One more was found.', texts: null }])
      expect(JSON.stringify(found)).not.toContain('hurt')
      expect(await readCorrections(store, await openedStory(desk, { status: 'draft' }))).toBeNull()
    })
  })

  describe('of a story as it stood', () => {
    test('sees what readers saw then, whatever has become of it since', async () => {
      const { desk, slug, ids } = await eventfulStory()
      const saw: { at: string; view: View | null }[] = []
      const look = async () => {
        const log = await logOf(store, slug)
        saw.push({ at: log.at(-1)?.at ?? '', view: (await readWholeStory(store, slug))?.view ?? null })
      }
      await look()
      await reviseStory(desk, editor, slug, storyChanges.parse({ headline: 'The bridge is open', standfirst: 'After a night.' }))
      await look()
      await withdrawUpdate(desk, editor, slug, ids[1] ?? '', 'It was pinned.')
      await look()
      await reviseUpdate(desk, editor, slug, ids[29] ?? '', 1, { body: 'Not so.', correction: { note: 'It was wrong.' } })
      await look()
      await publish(desk, slug, 'One more', { key: true })
      await look()
      for (const [index, { at, view }] of saw.entries()) {
        const found = await readStoryAt(store, slug, at, { limit: 100 })
        expect(found?.view).toEqual(view && past(view))
        expect(found).toMatchObject({ from: '2026-01-31T12:07:00.000Z', to: saw.at(-1)?.at, later: saw[index + 1]?.at ?? null })
        // So it stood until the next change, and since the one before.
        const until = Date.parse(saw[index + 1]?.at ?? '9999-01-01T00:00:00Z') - 1
        expect((await readStoryAt(store, slug, new Date(until).toISOString(), { limit: 100 }))?.view).toEqual(found?.view)
      }
      expect(await readStoryAt(store, slug, saw[0]?.at ?? '')).toMatchObject({ since: { updates: 1, corrections: 1, withdrawals: 1 } })
    })

    test('sees each event of its log come, one after the other, and nothing before the first', async () => {
      const { slug } = await readOnlyStory()
      const log = await logOf(store, slug)
      let at: string | null = log.at(-1)?.at ?? null
      const heads: number[] = []
      while (at !== null) {
        const found: StoryAt | null = await readStoryAt(store, slug, at, { limit: 100 })
        expect(found?.view).toEqual(past(foldOf(log.slice(0, found?.view.head))))
        heads.unshift(found?.view.head ?? 0)
        at = found?.earlier ?? null
      }
      expect(heads).toEqual(log.map(({ seq }) => seq))
      expect(await readStoryAt(store, slug, new Date(noon).toISOString())).toBeNull()
    })

    test('sees it a part at a time, without a gap and none twice', async () => {
      const { slug } = await readOnlyStory()
      const log = await logOf(store, slug)
      const at = log.at(-3)?.at ?? ''
      const whole = await readStoryAt(store, slug, at, { limit: 100 })
      const found: string[] = []
      let before: number | undefined
      do {
        const part: StoryAt | null = await readStoryAt(store, slug, at, { before, limit: 7 })
        found.push(...(part?.view.updates.map(({ id }) => id) ?? []))
        before = part?.view.next ? Number(part.view.next) : undefined
      } while (before !== undefined)
      expect(found).toEqual(whole?.view.updates.map(({ id }) => id))
    })

    test('sees what was pinned, claimed and asked then', async () => {
      const desk = newsroomOf(8)
      const slug = await openedStory(desk)
      const { id } = await publish(desk, slug, 'First.')
      const { id: second } = await publish(desk, slug, 'Second.')
      await pinUpdate(desk, editor, slug, id, true)
      const claim = answerOf(
        await makeClaim(desk, editor, slug, newClaim.parse({ statement: 'So.', claimant: { name: 'Ann' }, updates: [id] }), null),
      )
      const which = { slug, id: claim.id, expected: 1 }
      answerOf(await assessClaim(desk, editor, which, newAssessment.parse({ standing: 'disputed', reason: 'Not so.' })))
      answerOf(await withdrawClaim(desk, editor, { ...which, expected: 2 }, 'Twice.'))
      answerOf(await raiseQuestion(desk, editor, slug, newQuestion.parse({ text: 'Why?' }), null))
      await pinUpdate(desk, editor, slug, second, true)
      await withdrawUpdate(desk, editor, slug, second, 'Not so.')
      await pinUpdate(desk, editor, slug, id, true)
      await pinUpdate(desk, editor, slug, id, false)
      const log = await logOf(store, slug)
      for (const { seq, at } of log) {
        const found = await readStoryAt(store, slug, at, { limit: 100 })
        expect(found?.view).toEqual(past(foldOf(log.slice(0, seq))))
      }
    })

    test('sees nothing of the time in which it was a draft, nor of one that is', async () => {
      const desk = newsroomOf(7)
      const slug = await openedStory(desk, { status: 'draft' })
      expect(await readStoryAt(store, slug, '2026-01-31T20:00:00Z')).toBeNull()
      await reviseStory(desk, editor, slug, storyChanges.parse({ headline: 'Nobody has read the other' }))
      await reviseStory(desk, editor, slug, storyChanges.parse({ status: 'developing' }))
      expect(await readStoryAt(store, slug, '2026-01-31T12:20:59Z')).toBeNull()
      const found = await readStoryAt(store, slug, '2026-01-31T12:21:00Z')
      expect(found).toMatchObject({ earlier: null, later: null, from: '2026-01-31T12:21:00.000Z', view: { head: 3 } })
      expect(await readStoryAt(store, 'no-such-story', '2026-01-31T12:21:00Z')).toBeNull()
    })
  })

  test('sees the whole story by reading on, whatever the newsroom does meanwhile', async () => {
    const slug = await openedStory(newsroom)
    const ids = await publishMany(slug, 45)
    await pinUpdate(newsroom, editor, slug, ids[0] ?? '', true)
    let view = await readView(store, slug)
    expect(view).toMatchObject({ epoch: 1, head: 47, updates: { length: 20 }, next: '27', pinned: { id: ids[0] } })

    for (let page = 0; view && view.next !== null; page += 1) {
      // The page is read, and before it comes an update in it, one on it and one below it are changed.
      const older = await readPage(store, slug, { before: Number(view.next), limit: 10 })
      await withdrawUpdate(newsroom, editor, slug, ids[20 - page] ?? '', 'Withdrawn meanwhile.')
      await reviseUpdate(newsroom, editor, slug, ids[page] ?? '', 1, { body: 'Edited meanwhile.' })
      await publish(newsroom, slug, 'Added meanwhile.')
      const missed = await catchUp(store, slug, view.epoch, view.head)
      if (!older || !missed || 'reset' in missed) throw new Error('the story can be read')
      view = addPage(missed.events.reduce(applyEvent, view), 'older', view.next, older)
    }
    expect(view && seen(view)).toEqual(seen(foldOf(await logOf(store, slug))))
  })

  describe('of any part of a story', () => {
    const parts: readonly [string, Place, (seqs: readonly number[]) => readonly number[]][] = [
      ['the newest', {}, (seqs) => seqs.slice(0, 6)],
      ['the beginning', { after: 0 }, (seqs) => seqs.slice(-6)],
      ['what is above a number', { after: 9 }, (seqs) => seqs.filter((seq) => seq > 9).slice(-6)],
      ['what is below a number', { before: 20 }, (seqs) => seqs.filter((seq) => seq < 20).slice(0, 6)],
      [
        'what is around a number',
        { around: 15 },
        (seqs) => [...seqs.filter((seq) => seq > 15).slice(-3), ...seqs.filter((seq) => seq <= 15).slice(0, 3)],
      ],
      ['what is around the last number', { around: 31 }, (seqs) => seqs.filter((seq) => seq <= 31).slice(0, 3)],
      ['what is around the first number', { around: 1 }, (seqs) => seqs.slice(-3)],
      ['what is below the first update', { before: 2 }, () => []],
      ['what is above the last event', { after: 99 }, () => []],
    ]

    test.each(parts)('sees %s, and reads on from there to both ends', async (_, place, expected) => {
      const { slug } = await readOnlyStory()
      const whole = foldOf(await logOf(store, slug))
      for (const show of ['all', 'key'] as const) {
        const timeline = whole.updates.filter(({ key }) => show === 'all' || key).map(({ seq }) => seq)
        let view = await readView(store, slug, { ...place, show, limit: 6 })
        if (!view) throw new Error('the story can be read')
        expect(view.updates.map(({ seq }) => seq)).toEqual(expected(timeline))
        expect(seen(view)).toEqual(partOf(whole, view))
        for (const side of ['newer', 'older'] as const) while (cursorAt(view, side) !== null) view = await load(view, slug, side, 7)
        expect(seen(view)).toEqual(partOf(whole, { next: null, newer: null, show }))
      }
    })

    test.each(['all', 'key'] as const)('sees all of it in the end, whatever the newsroom does meanwhile (%s)', async (show) => {
      const { desk, slug, ids } = await eventfulStory()
      let view = await readView(store, slug, { around: 16, show, limit: 4 })
      for (let turn = 0; view && (view.newer !== null || view.next !== null); turn += 1) {
        const loaded: View = await load(await load(view, slug, 'newer', 3), slug, 'older', 3)
        await withdrawUpdate(desk, editor, slug, ids[29 - turn] ?? '', 'Withdrawn meanwhile.')
        await reviseUpdate(desk, editor, slug, ids[10 + turn] ?? '', 1, { key: turn % 2 === 0, body: 'Edited meanwhile.' })
        if (turn < 3) await publish(desk, slug, 'Added meanwhile.', { key: true })
        const missed = await catchUp(store, slug, loaded.epoch, loaded.head)
        if (!missed || 'reset' in missed) throw new Error('the story can be read')
        view = missed.events.reduce(applyEvent, loaded)
      }
      expect(view && seen(view)).toEqual(partOf(foldOf(await logOf(store, slug)), { next: null, newer: null, show }))
    })

    test('has no page beside a story that isn’t there', async () => {
      expect(await readPage(store, 'nowhere', { around: 3 })).toBeNull()
      expect(await readView(store, 'nowhere', { after: 0 })).toBeNull()
      expect(await readStoryPage(store, 'nowhere', { order: 'newest', show: 'all', around: 'no-id' })).toBeNull()
      expect(await readWholeStory(store, 'nowhere')).toBeNull()
    })
  })

  describe('who asks for a story’s page', () => {
    const asked: AskedPage = { order: 'newest', show: 'all' }
    const timeOf = (minutes: number) => new Date(noon + minutes * 60_000).toISOString()

    test('sees the newest, or the beginning', async () => {
      const { slug } = await readOnlyStory()
      const newest = await readStoryPage(store, slug, asked)
      expect(newest).toMatchObject({ order: 'newest', spot: null, view: { newer: null, updates: { length: 10, 0: { seq: 31 } } } })
      expect(newest?.card).toEqual({ title: 'A bridge is closed', description: 'A bridge is closed' })
      const oldest = await readStoryPage(store, slug, { ...asked, order: 'oldest' })
      expect(oldest).toMatchObject({ order: 'oldest', view: { next: null, newer: '11', updates: { length: 10, 9: { seq: 2 } } } })
      const older = await readStoryPage(store, slug, { ...asked, before: 12 })
      expect(older?.view.updates.map(({ seq }) => seq)).toEqual([11, 10, 9, 8, 7, 6, 5, 4, 3, 2])
    })

    test('sees the update that a link names among its neighbours, and the card is about it', async () => {
      const { desk, slug, ids } = await eventfulStory()
      const page = await readStoryPage(store, slug, { ...asked, around: ids[9] })
      expect(page?.view.updates.map(({ id }) => id)).toContain(ids[9])
      expect(page?.view).toMatchObject({ newer: '21', next: null, updates: { length: 20 } })
      expect(page).toMatchObject({ spot: null, card: { title: 'A bridge is closed', description: 'Corrected' } })
      const { id } = await publish(desk, slug, `${'Many words. '.repeat(40)}`, { title: 'It has a title' })
      const titled = await readStoryPage(store, slug, { ...asked, around: id })
      expect(titled?.card.title).toBe('It has a title')
      expect(titled?.card.description).toMatch(/^Many words\. .* …$/)
    })

    test('sees the story as ever if the link names nothing of it', async () => {
      const { desk, slug } = await eventfulStory()
      const [elsewhere, draft] = [
        await publish(desk, await openedStory(desk), 'Of another story.'),
        await publish(desk, slug, 'Not yet.', { status: 'draft' }),
      ]
      const usual = await readStoryPage(store, slug, asked)
      for (const around of ['no-id', '', elsewhere.id, draft.id, '019a0000-0000-7000-8000-000000000000']) {
        expect(await readStoryPage(store, slug, { ...asked, around })).toEqual(usual)
      }
    })

    test('sees the first update of the time that they ask for', async () => {
      const { slug, ids } = await readOnlyStory()
      // The story is opened 7 minutes after noon, and number n of its updates is published at 7 (n + 2).
      const spotAt = async (minutes: number, more: Partial<AskedPage> = {}) => {
        const page = await readStoryPage(store, slug, { ...asked, ...more, at: timeOf(minutes) })
        if (page?.spot) expect(page.view.updates.map(({ id }) => id)).toContain(page.spot)
        return page?.spot
      }
      expect(await spotAt(7 * 12)).toBe(ids[10])
      expect(await spotAt(7 * 12 + 1)).toBe(ids[11])
      expect(await spotAt(7 * 12 + 1, { order: 'oldest' })).toBe(ids[11])
      expect(await spotAt(7 * 12, { show: 'key' })).toBe(ids[12])
      expect(await spotAt(-600)).toBe(ids[0])
      expect(await spotAt(7 * 31)).toBe(ids[29])
      expect(await spotAt(7 * 31 + 1)).toBeNull()
      expect((await readStoryPage(store, slug, { ...asked, at: timeOf(9_999) }))?.view).toEqual((await readStoryPage(store, slug, asked))?.view)
    })

    test('sees the whole of it where it is to be printed or kept', async () => {
      const slug = await openedStory(newsroom)
      await publishMany(slug, 105)
      const whole = await readWholeStory(store, slug)
      expect(whole && seen(whole.view)).toEqual(seen(foldOf(await logOf(store, slug))))
      expect(whole).toMatchObject({ part: 1, parts: 1 })
      expect(await readWholeStory(store, slug, 99)).toEqual(whole)
    })
  })

  describe('who comes back', () => {
    test('is told how much was missed, and where it begins', async () => {
      const { desk, slug, ids } = await eventfulStory()
      const head = 37
      const none = { epoch: 1, head, ...noChanges, first: null }
      expect(await readChanges(store, slug, 1, 1)).toEqual({ ...none, updates: 30, corrections: 1, withdrawals: 2, first: { id: ids[0], seq: 2 } })
      expect(await readChanges(store, slug, 1, 4)).toMatchObject({ updates: 27, first: { id: ids[4], seq: 6 } })
      expect(await readChanges(store, slug, 1, 31)).toEqual({ ...none, corrections: 1, withdrawals: 2 })
      expect(await readChanges(store, slug, 1, 36)).toEqual(none)
      expect(await readChanges(store, slug, 1, head)).toEqual(none)
      const { id } = await publish(desk, slug, 'News.')
      expect(await readChanges(store, slug, 1, head)).toEqual({ ...none, head: 38, updates: 1, first: { id, seq: 38 } })
      await withdrawUpdate(desk, editor, slug, id, 'Withdrawn.')
      expect(await readChanges(store, slug, 1, head)).toEqual({ ...none, head: 39, updates: 1, withdrawals: 1 })
    })

    test('is told that it can’t be said where history was rewritten, and nothing of what they may not see', async () => {
      const slug = await openedStory(newsroom)
      expect(await readChanges(store, slug, 2, 0)).toEqual({ epoch: 1, head: 1, reset: true })
      expect(await readChanges(store, slug, 1, 2)).toEqual({ epoch: 1, head: 1, reset: true })
      expect(await readChanges(store, 'nowhere', 1, 0)).toBeNull()
      expect(await readChanges(store, await openedStory(newsroom, { status: 'draft' }), 1, 0)).toBeNull()
    })
  })

  describe('who searches a story', () => {
    const marked = (found: Findings | null) => found?.findings.map(({ passage }) => passage.flatMap(({ text, isFound }) => (isFound ? [text] : [])))
    const idsOf = (found: Findings | null) => found?.findings.map(({ id }) => id)

    test.each([
      ['The bridge is closed to lorries.', ['bridge', 'BRID', 'lorr clos', '  the,  bridge!  '], ['Bridges', 'idge', 'bridge open']],
      ['У Києві зачинено **Міст** через Дніпро.', ['міст', 'МІСТ', 'дніпр', 'києві міст'], ['мости', 'ніпро']],
      ['أُغلق الجسر القديم اليوم', ['الجسر', 'الجس', 'اليوم القديم'], ['جسر', 'غدا']],
      ['- one\n- > two **three**\n\n### four', ['one two three four'], ['five', 'three five']],
      ['It cost 3.5 million on 2026-01-31, says news.example.org.', ['3.5', '2026-01-31', 'news.example.org', 'news.ex'], ['3.6', 'example.com']],
    ])('finds %s by the beginning of its words', async (text, good, bad) => {
      const slug = await openedStory(newsroom)
      const { id } = await publish(newsroom, slug, text)
      await publish(newsroom, slug, 'Something else.')
      for (const question of good) expect([question, idsOf(await searchStory(store, slug, question))]).toEqual([question, [id]])
      for (const question of bad) expect([question, idsOf(await searchStory(store, slug, question))]).toEqual([question, []])
    })

    test('is shown the words that were found, in their place', async () => {
      const slug = await openedStory(newsroom)
      await publish(newsroom, slug, 'The old Bridge: both bridges are shut, abridged.', { title: 'On bridges', language: 'en-GB' })
      await publish(newsroom, slug, 'Nothing here.', { title: 'The bridge again' })
      const found = await searchStory(store, slug, 'bridge')
      expect(marked(found)).toEqual([[], ['Bridge', 'bridges']])
      expect(found).toMatchObject({
        story: { slug },
        next: null,
        findings: [{ title: 'The bridge again' }, { title: 'On bridges', language: 'en-GB' }],
      })
    })

    test('finds nothing that was withdrawn, is not yet published, is of another story or is no text', async () => {
      const [slug, other] = [await openedStory(newsroom), await openedStory(newsroom)]
      const { id } = await publish(newsroom, slug, 'The bridge was blown up.')
      const kept = await publish(newsroom, slug, 'The bridge stands.')
      await publish(newsroom, slug, 'The bridge, a draft.', { status: 'draft' })
      await publish(newsroom, other, 'The bridge elsewhere.')
      await withdrawUpdate(newsroom, editor, slug, id, 'The bridge was not blown up.')
      expect(idsOf(await searchStory(store, slug, 'bridge'))).toEqual([kept.id])
      expect(idsOf(await searchStory(store, slug, 'blown'))).toEqual([])
      await publish(newsroom, slug, '### Heading\n\n> [**Link**](https://example.org/address)')
      for (const word of ['paragraph', 'text', 'doc', 'bold', 'content', 'href', 'address', 'attrs', 'level']) {
        expect([word, idsOf(await searchStory(store, slug, word))]).toEqual([word, []])
      }
      expect(await searchStory(store, 'nowhere', 'bridge')).toBeNull()
      expect(await searchStory(store, await openedStory(newsroom, { status: 'draft' }), 'bridge')).toBeNull()
    })

    test('finds what an update now says, not what it said', async () => {
      const slug = await openedStory(newsroom)
      const { id } = await publish(newsroom, slug, 'The tunnel is closed.')
      await reviseUpdate(newsroom, editor, slug, id, 1, { body: 'The bridge is closed.' })
      expect(idsOf(await searchStory(store, slug, 'bridge'))).toEqual([id])
      expect(idsOf(await searchStory(store, slug, 'tunnel'))).toEqual([])
    })

    test('is answered whatever they type', async () => {
      const slug = await openedStory(newsroom)
      await publish(newsroom, slug, 'The bridge is closed.')
      const nothing = ['', ' ', '!?', '“”', "'''", '\\', '& | ! ( ) <-> :*', '\u0000', '\ud83d', '👩‍👩‍👧', '%_']
      for (const question of nothing) expect(await searchStory(store, slug, question)).toMatchObject({ findings: [], next: null })
      const odd = [
        "bridge'",
        "'bridge",
        'bridge\\',
        'bridge:*',
        'bridge & closed',
        '!bridge',
        '(bridge',
        'bridge\u0000',
        'bridge <-> closed',
        '"bridge"',
      ]
      for (const question of odd) expect([question, (await searchStory(store, slug, question))?.findings.length]).toEqual([question, 1])
      const long = ['x'.repeat(200), 'ї'.repeat(200), '橋'.repeat(200), 'a '.repeat(100), "'".repeat(200), '\\'.repeat(200), '𝒳'.repeat(100)]
      for (const question of long) expect(await searchStory(store, slug, question)).toMatchObject({ findings: [] })
    })

    test('reads on page by page, newest first, each once', async () => {
      const slug = await openedStory(newsroom)
      const ids = await publishMany(slug, 45)
      const found: string[] = []
      let before: number | undefined
      do {
        const page = await searchStory(store, slug, 'update', before)
        expect(page?.findings.length).toBeLessThanOrEqual(20)
        found.push(...(idsOf(page) ?? []))
        before = page?.next ? Number(page.next) : undefined
      } while (before !== undefined)
      expect(found).toEqual(ids.toReversed())
    })
  })

  test('catches up with what was missed, or is told to read anew', async () => {
    const slug = await openedStory(newsroom)
    await publishMany(slug, 3)
    const log = await logOf(store, slug)
    expect(await catchUp(store, slug, 1, 1)).toEqual({ epoch: 1, head: 4, events: log.slice(1) })
    expect(await catchUp(store, slug, 1, 4)).toEqual({ epoch: 1, head: 4, events: [] })
    expect(await catchUp(store, slug, 1, 5)).toEqual({ epoch: 1, head: 4, reset: true })
    expect(await catchUp(store, slug, 2, 4)).toEqual({ epoch: 1, head: 4, reset: true })
    expect(await catchUp(store, 'nowhere', 1, 0)).toBeNull()
  })

  // It takes hundreds of events, and no other database would answer otherwise.
  if (kind === 'embedded') {
    test('who missed more than can be told reads anew', async () => {
      const slug = await openedStory(newsroom)
      await store.writeStory(slug, async (log) => {
        for (let number = 0; number < mostCaughtUp; number += 1) {
          await log.append({ type: 'story.revised', story: log.now.story }, { at: new Date(), author: { id: 'x', name: 'X' } })
        }
      })
      const head = mostCaughtUp + 1
      expect(await catchUp(store, slug, 1, 0)).toEqual({ epoch: 1, head, reset: true })
      expect(await catchUp(store, slug, 1, 1)).toMatchObject({ epoch: 1, head, events: { length: mostCaughtUp } })
    })
  }

  test('sees nothing of a draft story, though the desk does', async () => {
    const slug = await openedStory(newsroom, { status: 'draft' })
    const { id } = await publish(newsroom, slug, 'Prepared.')
    for (const answer of [
      await readView(store, slug),
      await readPage(store, slug, { limit: 20 }),
      await readUpdate(store, slug, id),
      await catchUp(store, slug, 1, 0),
    ]) {
      expect(answer).toBeNull()
    }
    expect((await readStories(store, newsroom.now())).map((story) => story.slug)).not.toContain(slug)
    expect((await readStoriesOf(store, theEditor, newsroom.now())).map((story) => story.slug)).toContain(slug)
    expect(await readDesk(store, slug, theEditor)).toMatchObject({ view: { head: 2, updates: [{ id }] }, drafts: [] })

    await reviseStory(newsroom, editor, slug, { status: 'developing' })
    expect(await readView(store, slug)).toMatchObject({ head: 3, updates: [{ id }] })
  })

  test('finds the story with the newest activity first', async () => {
    const [one, other] = [await openedStory(newsroom), await openedStory(newsroom)]
    await publish({ store, now: () => new Date(Date.now() + 1_000) }, one, 'News.')
    const listed = (await readStories(store, newsroom.now())).filter(({ slug }) => slug === one || slug === other)
    expect(listed).toMatchObject([
      { slug: one, head: 2 },
      { slug: other, head: 1 },
    ])
  })

  test('finds in the list what is newest in a story, and how fast it goes', async () => {
    const desk = newsroomOf(20)
    const slug = await openedStory(desk)
    const listed = async (hoursAfterNoon: number) => {
      const stories = await readStories(store, new Date(noon + hoursAfterNoon * 60 * 60_000))
      return stories.find((story) => story.slug === slug)
    }
    expect(await listed(1)).toMatchObject({ newest: null, pace: { start: null, counts: [] } })

    for (let number = 0; number < 8; number += 1) await publish(desk, slug, `Update ${number}`)
    const { id } = await publish(desk, slug, 'The **bridge** is\n\nopen.')
    await publish(desk, slug, 'Not yet.', { status: 'draft' })
    // At 12:40, 13:00, …, 15:20.
    const pace = { start: '2026-01-31T12:00:00.000Z', minutes: 60, counts: [1, 3, 3, 2] }
    expect(await listed(4)).toMatchObject({ newest: { id, seq: 10, version: 1, text: 'The bridge is open.' }, pace })
    expect((await listed(4))?.pace).toEqual(pace)
    expect((await listed(26.5))?.pace).toEqual({ start: '2026-01-31T14:00:00.000Z', minutes: 60, counts: [1, 2] })
    expect((await listed(48))?.pace).toMatchObject({ start: null, counts: [] })

    await reviseUpdate(desk, editor, slug, id, 1, { title: 'Open' })
    expect((await listed(4))?.newest).toMatchObject({ id, version: 2, text: 'Open' })
    await withdrawUpdate(desk, editor, slug, id, 'Withdrawn.')
    expect(await listed(4)).toMatchObject({ head: 12, newest: null, pace })
    const view = await readView(store, slug)
    expect(view && publishedCount(view.pace)).toBe(9)
  })

  test('finds one update', async () => {
    const slug = await openedStory(newsroom)
    const ids = await publishMany(slug, 2)
    expect(await readUpdate(store, slug, ids[0] ?? '')).toMatchObject({ update: { id: ids[0], seq: 2 } })
    expect(await readUpdate(store, await openedStory(newsroom), ids[0] ?? '')).toBeNull()
    expect(await readUpdate(store, slug, 'no-id')).toBeNull()
    expect(await readUpdate(store, 'nowhere', ids[0] ?? '')).toBeNull()
  })

  test('is told whether it can be served, and how far the live channel is behind', async () => {
    expect(await readHealth(store, 'all', null)).toEqual({ status: 'ok', role: 'all', database: kind, lag: null })
    expect(await readHealth(store, 'all', { lag: async () => 3 })).toEqual({ status: 'ok', role: 'all', database: kind, lag: 3 })
    const closed = await openStore(await openOwnDatabase(kind), migrations)
    await closed.close()
    expect(await readHealth(closed, 'all', null)).toEqual({ status: 'unavailable', role: 'all', database: 'away', lag: null })
  })
})
