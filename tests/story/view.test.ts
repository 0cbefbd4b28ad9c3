import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { publishedCount } from '#lib/story/count-pace.ts'
import { event, type StoryEvent } from '#lib/story/event.ts'
import { addPage, applyEvent, cursorAt, type Side } from '#lib/story/fold.ts'
import { lineOf } from '#lib/story/line-of.ts'
import { correctedSince, mostCorrections } from '#lib/story/list-corrections.ts'
import type { View } from '#lib/story/view.ts'
import { anyLog } from './arbitraries.ts'
import { foldOf, type Moments, pageReadAt, partOf, seen, viewReadAt } from './history.ts'
import { storyOf } from './sample-story.ts'

/** A log in which revisions also make updates key events, or no longer key events. */
const anyKeyedLog = fc.record({ log: anyLog, flips: fc.infiniteStream(fc.boolean()) }).map(({ log, flips }) => {
  const keys = new Map<string, boolean>()
  return log.map((each): StoryEvent => {
    if (!('update' in each)) return each
    const { id } = each.update
    const isRevision = each.type === 'update.revised' || each.type === 'update.corrected'
    const key = (keys.get(id) ?? each.update.key) !== (isRevision && flips.next().value)
    keys.set(id, key)
    return { ...each, update: { ...each.update, key } }
  })
})

type Turn = { readonly kind: 'event' } | ({ readonly kind: 'load'; readonly side: Side; readonly size: number } & Moments)

/** A log, which part of the timeline a reader asks for and when it is read, and what then happens: events come, pages are read and added. */
const anyVisit = anyKeyedLog.chain((log) => {
  const moment = fc.integer({ min: 1, max: log.length })
  const moments = fc.tuple(moment, moment).map(inOrder)
  const number = fc.integer({ min: 1, max: log.length + 3 })
  return fc.record({
    log: fc.constant(log),
    moments,
    place: fc.oneof(
      fc.constant({}),
      fc.constant({ after: 0 }),
      number.map((before) => ({ before })),
      number.map((after) => ({ after })),
      number.map((around) => ({ around })),
    ),
    show: fc.constantFrom('all' as const, 'key' as const),
    size: fc.integer({ min: 1, max: 5 }),
    turns: fc.array(
      fc.oneof(
        fc.constant<Turn>({ kind: 'event' }),
        fc
          .record({ side: fc.constantFrom<Side>('older', 'newer'), size: fc.integer({ min: 1, max: 4 }), moments })
          .map(({ moments: both, ...load }): Turn => ({ kind: 'load', ...load, ...both })),
      ),
      { maxLength: 40 },
    ),
  })
})

type Visit = typeof anyVisit extends fc.Arbitrary<infer Value> ? Value : never

function opened({ log, moments, place, show, size }: Visit): View {
  return viewReadAt(log, { ...moments, ...place, show, size })
}

/** All that the reader sees, one after the other, from the opening of the page. */
function visited(visit: Visit): View[] {
  let view = opened(visit)
  const views = [view]
  for (const turn of visit.turns) {
    view = after(view, visit.log, turn)
    views.push(view)
  }
  return views
}

function after(view: View, log: readonly StoryEvent[], turn: Turn): View {
  const next = log[view.head]
  if (turn.kind === 'event') return next ? applyEvent(view, next) : view
  return load(view, log, turn.side, turn)
}

function load(view: View, log: readonly StoryEvent[], side: Side, how: Moments & { size: number }): View {
  const page = pageReadAt(log, view, side, how)
  return page ? addPage(view, side, cursorAt(view, side) ?? '', page) : view
}

/** The view once every event has come. */
function caughtUp(view: View, log: readonly StoryEvent[]): View {
  return log.slice(view.head).reduce(applyEvent, view)
}

describe('a view', () => {
  test.prop([anyLog])('shows each update as the last event about it left it, in the order of publication, newest first', (log) => {
    const view = foldOf(log)
    const last = new Map(log.flatMap((each) => ('update' in each ? [[each.update.id, each.update]] : [])))
    expect(view.updates).toEqual([...last.values()].toSorted((one, other) => other.seq - one.seq))
    expect(view.head).toBe(log.length)
  })

  test.prop([anyLog])('says of the story what was last said of it', (log) => {
    const last = log.findLast((each) => 'story' in each)
    expect(foldOf(log).story).toEqual(last && 'story' in last && last.story)
  })

  test.prop([anyLog])('keeps on top the update that was pinned last, as it now reads, until it is let go or withdrawn', (log) => {
    const view = foldOf(log)
    const pinned = log.findLast((each) => each.type === 'update.pinned')
    const isLetGo = log.some(
      (each) => each.seq > (pinned?.seq ?? 0) && endsPin(each) && each.update.id === (pinned && 'update' in pinned && pinned.update.id),
    )
    const expected = pinned && !isLetGo && 'update' in pinned ? view.updates.find(({ id }) => id === pinned.update.id) : null
    expect(view.pinned).toEqual(expected ?? null)
  })

  test.prop([anyKeyedLog])('lists the key events that stand, as they now read, newest first', (log) => {
    const { updates, keyEvents } = foldOf(log)
    expect(keyEvents).toEqual(updates.filter(({ key, withdrawal }) => key && withdrawal === null).map(lineOf))
  })

  test.prop([anyLog])('has each claim and question that wasn’t withdrawn as its last event left it, in the order in which they came', (log) => {
    const { claims, questions } = foldOf(log)
    const claimed = new Map(log.flatMap((each) => ('claim' in each ? [[each.claim.id, each.claim]] : [])))
    const asked = new Map(log.flatMap((each) => ('question' in each ? [[each.question.id, each.question]] : [])))
    const standing = <Fact extends { withdrawal: object | null }>(facts: Iterable<Fact>) => [...facts].filter(({ withdrawal }) => withdrawal === null)
    expect(claims).toEqual(standing(claimed.values()))
    expect(questions).toEqual(standing(asked.values()))
  })

  test.prop([anyLog])('counts the corrections, and names the newest of them', (log) => {
    const marks = log.flatMap((each) =>
      each.type === 'update.corrected' ? [{ id: each.update.id, seq: each.seq, version: each.update.version, at: each.at }] : [],
    )
    expect(foldOf(log).corrections).toEqual({ count: marks.length, newest: marks.toReversed().slice(0, mostCorrections) })
  })

  test.prop([anyLog, fc.nat()])('tells of a correction just whoever read an earlier version', (log, which) => {
    const { corrections } = foldOf(log)
    const seen = log.flatMap((each) => ('update' in each ? [each.update] : []))[which % Math.max(log.length, 1)]
    const told = correctedSince(corrections, new Map(seen ? [[seen.id, seen.version]] : []))
    expect(told).toEqual(corrections.newest.find(({ id, version }) => id === seen?.id && version > seen.version))
    expect(correctedSince(corrections, new Map())).toBeUndefined()
  })

  test.prop([anyLog])('counts all that was ever published', (log) => {
    const published = log.filter(({ type }) => type === 'update.published')
    expect(publishedCount(foldOf(log).pace)).toBe(published.length)
  })

  test.prop([anyLog])('is not changed by an event that it already holds', (log) => {
    const view = foldOf(log)
    expect(log.reduce(applyEvent, view)).toBe(view)
  })

  test.prop([anyLog, fc.integer({ min: 2, max: 9 })])('refuses an event that does not follow', (log, distance) => {
    const [last] = storyOf(1)
    if (!last) throw new Error('a story has a first event')
    const view = foldOf(log)
    expect(() => applyEvent(view, { ...last, seq: view.head + distance })).toThrow(`event ${view.head + distance} does not follow on ${view.head}`)
  })

  test.prop([anyLog])('is made of events that can be sent', (log) => {
    for (const each of log) expect(event.parse(JSON.parse(JSON.stringify(each)))).toEqual(each)
  })
})

describe('a reader of any part of a story', () => {
  test.prop([anyVisit])('ends with what the log says of that part, whatever comes and is loaded, in whatever order', (visit) => {
    const { log } = visit
    const end = caughtUp(visited(visit).at(-1) ?? opened(visit), log)
    expect(seen(end)).toEqual(partOf(foldOf(log), end))
  })

  test.prop([anyVisit])('sees the updates in their order, none twice and none in an older version than before', (visit) => {
    const versions = new Map<string, number>()
    for (const { updates } of visited(visit)) {
      expect(updates).toEqual(updates.toSorted((one, other) => other.seq - one.seq))
      expect(new Set(updates.map(({ id }) => id)).size).toBe(updates.length)
      for (const { id, version } of updates) {
        expect(version).toBeGreaterThanOrEqual(versions.get(id) ?? 0)
        versions.set(id, version)
      }
    }
  })

  test.prop([anyVisit])('never loses what was loaded, unless it is a key event no more', (visit) => {
    const views = visited(visit)
    for (const [index, { updates }] of views.entries()) {
      const now = new Set(updates.map(({ id }) => id))
      const lost = views[index - 1]?.updates.filter(({ id }) => !now.has(id)) ?? []
      const ofNext = visit.log[(views[index]?.head ?? 0) - 1]
      expect(lost.every(({ id }) => visit.show === 'key' && ofNext && 'update' in ofNext && ofNext.update.id === id)).toBe(true)
    }
  })

  test.prop([anyVisit, fc.integer({ min: 1, max: 4 })])('reaches both ends page by page, and from then on sees the whole story', (visit, size) => {
    const { log } = visit
    let view = visited(visit).at(-1) ?? opened(visit)
    for (const side of ['newer', 'older', 'newer'] as const) {
      while (cursorAt(view, side) !== null) {
        const loaded = load(view, log, side, { head: view.head, later: view.head, size })
        expect(loaded).not.toBe(view)
        view = loaded
      }
    }
    expect(view).toMatchObject({ next: null, newer: null })
    const end = caughtUp(view, log)
    expect(seen(end)).toEqual(partOf(foldOf(log), { next: null, newer: null, show: visit.show }))
    expect(end.changedOutside ?? []).toEqual([])
  })

  test.prop([anyVisit])('sees what is published as it comes exactly where the part reaches the newest', (visit) => {
    const { log } = visit
    let view = visited(visit).at(-1) ?? opened(visit)
    // A part that was asked for beyond the end begins there.
    fc.pre(view.next === null || Number(view.next) <= view.head)
    for (const each of log.slice(view.head)) {
      view = applyEvent(view, each)
      if (each.type !== 'update.published') continue
      const isSeen = view.updates.some(({ id }) => id === each.update.id)
      if (view.newer === null && (view.show === 'all' || each.update.key)) expect(isSeen).toBe(true)
      if (view.newer !== null && Number(view.newer) < each.seq) expect(isSeen).toBe(false)
    }
    expect(view.head).toBe(log.length)
  })

  test.prop([anyVisit, fc.constantFrom<Side>('older', 'newer'), fc.nat()])(
    'is shown a page that was read after the view was, however much has come since',
    (visit, side, ahead) => {
      const { log, moments, size } = visit
      const view = visited(visit).at(-1) ?? opened(visit)
      const head = moments.head + (ahead % (log.length - moments.head + 1))
      fc.pre(cursorAt(view, side) !== null)
      expect(load(view, log, side, { head, later: head, size })).not.toBe(view)
    },
  )

  test.prop([anyVisit, fc.constantFrom<Side>('older', 'newer')])('is not shown a page that does not continue what they have', (visit, side) => {
    const { log, size } = visit
    const view = visited(visit).at(-1) ?? opened(visit)
    const cursor = cursorAt(view, side)
    fc.pre(cursor !== null)
    const page = pageReadAt(log, view, side, { head: log.length, later: log.length, size })
    if (cursor === null || page === null) throw new Error('there is more at that end')
    expect(addPage(view, side, `${cursor}0`, page)).toBe(view)
    expect(addPage(view, side, cursor, { ...page, epoch: view.epoch + 1 })).toBe(view)
    const stale = { ...page, head: (view.readAt ?? view.head) - 1 }
    expect(addPage(view, side, cursor, stale)).toBe(view)
    // The same page a second time, when an end was loaded twice at once.
    const loaded = addPage(view, side, cursor, page)
    expect(loaded).not.toBe(view)
    expect(addPage(loaded, side, cursor, page)).toBe(loaded)
  })
})

function inOrder([one, other]: readonly [number, number]): Moments {
  return { head: Math.min(one, other), later: Math.max(one, other) }
}

function endsPin(each: StoryEvent): each is StoryEvent & { type: 'update.withdrawn' | 'update.unpinned' } {
  return each.type === 'update.withdrawn' || each.type === 'update.unpinned'
}
