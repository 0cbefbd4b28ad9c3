import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { applyDifference, compare } from '#lib/story/compare.ts'
import type { StoryEvent } from '#lib/story/event.ts'
import { anyLog } from './arbitraries.ts'
import { foldOf, seen } from './history.ts'

/** A log, and two places in it, the earlier first. */
const anyTwoMoments = anyLog.chain((log) => {
  const moment = fc.integer({ min: 1, max: log.length })
  return fc.record({
    log: fc.constant(log),
    moments: fc.tuple(moment, moment).map(([one, other]) => [Math.min(one, other), Math.max(one, other)] as const),
  })
})

const viewAt = (log: readonly StoryEvent[], head: number) => seen(foldOf(log.slice(0, head)))

describe('what happened between two moments of a story', () => {
  test.prop([anyTwoMoments], { numRuns: 1000 })('makes the later view of the earlier one', ({ log, moments: [from, to] }) => {
    const [before, after] = [viewAt(log, from), viewAt(log, to)]
    expect(applyDifference(before, compare(before, after))).toEqual(after)
  })

  test.prop([anyTwoMoments])('has each update that an event of the time between was about, and no other', ({ log, moments: [from, to] }) => {
    const { updates } = compare(viewAt(log, from), viewAt(log, to))
    const between = log.slice(from, to).filter((event) => 'update' in event)
    const told = new Set(between.flatMap((event) => (event.type === 'update.pinned' || event.type === 'update.unpinned' ? [] : [event.update.id])))
    expect(new Set([...updates.added, ...updates.changed.map(({ after }) => after)].map(({ id }) => id))).toEqual(told)
    expect(updates.removed).toEqual([])
  })

  test.prop([anyLog])('is nothing if it is one moment', (log) => {
    const view = viewAt(log, log.length)
    const none = { added: [], changed: [], removed: [] }
    expect(compare(view, view)).toMatchObject({ story: null, updates: none, claims: none, questions: none })
  })
})
