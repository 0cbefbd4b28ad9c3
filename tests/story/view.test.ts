import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { event, type StoryEvent } from '#lib/story/event.ts'
import { addPage, applyEvent } from '#lib/story/fold.ts'
import type { View } from '#lib/story/view.ts'
import { storyOf, viewOf } from '../live/a-story.ts'
import { anyLog } from './arbitraries.ts'
import { downTo, foldOf, olderReadAt, seen, viewReadAt } from './history.ts'

/** A log, and where in it the server reads the story and then its updates. */
const anyReading = anyLog.chain((log) => {
  const moment = fc.integer({ min: 1, max: log.length })
  return fc.record({
    log: fc.constant(log),
    moments: fc.tuple(moment, moment).map((both) => both.toSorted(ascending)),
    size: fc.integer({ min: 1, max: 5 }),
  })
})

/** The same, and where a reader stands who asks for older updates, and where in the log, before or after, they are read. */
const anyOlderReading = anyLog.chain((log) => {
  const moment = fc.integer({ min: 1, max: log.length })
  return fc.record({
    log: fc.constant(log),
    moments: fc.tuple(moment, moment, moment).map((all) => all.toSorted(ascending)),
    pageHead: moment,
    size: fc.integer({ min: 1, max: 4 }),
  })
})

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

describe('a reader who comes in the middle of a story', () => {
  test.prop([anyReading])('ends with what one sees who was there from the start', ({ log, moments: [head = 1, later = 1], size }) => {
    const read = viewReadAt(log, { head, later, size })
    const view = log.slice(head).reduce(applyEvent, read)
    expect(seen(view)).toEqual(downTo(foldOf(log), read.next))
  })

  test.prop([anyReading])(
    'sees no update in an older version than before, whichever event comes',
    ({ log, moments: [head = 1, later = 1], size }) => {
      let view = viewReadAt(log, { head, later, size })
      for (const each of log.slice(head)) {
        const next = applyEvent(view, each)
        expect(withOlderVersions(view, next)).toEqual([])
        view = next
      }
      expect(view.head).toBe(log.length)
    },
  )
})

describe('a reader who loads older updates', () => {
  test.prop([anyOlderReading])('sees every update as it now reads, whenever the page was read', ({ log, moments, pageHead, size }) => {
    const [head = 1, later = 1, standing = 1] = moments
    const view = log.slice(head, standing).reduce(applyEvent, viewReadAt(log, { head, later, size }))
    fc.pre(view.next !== null && (pageHead < head || pageHead >= later))

    let older = view
    while (older.next !== null) {
      const page = olderReadAt(log, { head: pageHead, cursor: older.next, size })
      const next = addPage(older, 'older', older.next, page)
      // A page from before the view was read is not taken: it has to be asked for again.
      expect(next === older).toBe(pageHead < head)
      if (next === older) break
      expect(withOlderVersions(page, next)).toEqual([])
      older = next
    }
    expect(withOlderVersions(viewOf(log, standing), older)).toEqual([])
    const end = log.slice(standing).reduce(applyEvent, older)
    expect(seen(end)).toEqual(downTo(foldOf(log), end.next))
  })

  test.prop([anyOlderReading])('reaches the beginning page by page, missing none and seeing none twice', ({ log, moments: [head = 1], size }) => {
    let view = viewReadAt(log, { head, later: head, size })
    const readOlder = () => {
      if (view.next !== null) view = addPage(view, 'older', view.next, olderReadAt(log, { head: view.head, cursor: view.next, size }))
    }
    for (const each of log.slice(head)) {
      view = applyEvent(view, each)
      readOlder()
    }
    while (view.next !== null) readOlder()
    expect(seen(view)).toEqual(seen(foldOf(log)))
    expect(view.changedOutside ?? []).toEqual([])
  })

  test.prop([anyOlderReading])('is not shown a page that does not continue what they have', ({ log, moments: [head = 1], size }) => {
    const view = viewReadAt(log, { head, later: head, size })
    const cursor = view.next ?? '1'
    const page = olderReadAt(log, { head, cursor, size })
    expect(addPage(view, 'older', `${cursor}0`, page)).toBe(view)
    expect(addPage(view, 'older', cursor, { ...page, epoch: 2 })).toBe(view)
  })
})

function ascending(one: number, other: number): number {
  return one - other
}

function endsPin(each: StoryEvent): each is StoryEvent & { type: 'update.withdrawn' | 'update.unpinned' } {
  return each.type === 'update.withdrawn' || each.type === 'update.unpinned'
}

/** The updates that `after` shows in an older version than `before`. */
function withOlderVersions(before: Pick<View, 'updates'>, after: View) {
  const versions = new Map(before.updates.map(({ id, version }) => [id, version]))
  return after.updates.filter(({ id, version }) => version < (versions.get(id) ?? 0))
}
