import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import type { StoryEvent } from '#lib/story/event.ts'
import { addPage, applyEvent } from '#lib/story/fold.ts'
import { newlyBreaking } from '#lib/story/newly-breaking.ts'
import type { View } from '#lib/story/view.ts'
import { anyLog } from './arbitraries.ts'
import { foldOf, pageReadAt, viewReadAt } from './history.ts'
import { storyOf, viewOf } from './sample-story.ts'

/** A log in which revisions also make updates breaking, or no longer so. */
const anyBreakingLog = fc.record({ log: anyLog, flips: fc.infiniteStream(fc.boolean()) }).map(({ log, flips }) => {
  const known = new Map<string, boolean>()
  return log.map((each): StoryEvent => {
    if (!('update' in each)) return each
    const { id } = each.update
    const isRevision = each.type === 'update.revised' || each.type === 'update.corrected'
    const breaking = (known.get(id) ?? each.update.breaking) !== (isRevision && flips.next().value)
    known.set(id, breaking)
    return { ...each, update: { ...each.update, breaking } }
  })
})

/** What was told of by name to one who saw the story after each of these numbers of events. */
function told(log: readonly StoryEvent[], heads: readonly number[]): (string | undefined)[] {
  const views = heads.map((head) => viewOf(log, head))
  return views.slice(1).map((view, index) => newlyBreaking(views[index] as View, view)?.id)
}

describe('what is breaking', () => {
  test.prop([anyBreakingLog])('is told of as it is published as that or becomes it, and then no more', (log) => {
    const isBreaking = new Map<string, boolean>()
    const expected = log.slice(1).map((each) => {
      if (!('update' in each)) return undefined
      const { id, breaking, withdrawal } = each.update
      const isNews = breaking && withdrawal === null && !isBreaking.get(id)
      isBreaking.set(id, breaking)
      return isNews ? id : undefined
    })
    expect(
      told(
        log,
        log.map((_, index) => index + 1),
      ),
    ).toEqual(expected)
  })

  test.prop([anyBreakingLog, fc.integer({ min: 1, max: 4 })])('is no news where it was only loaded with an older part', (log, size) => {
    const end = foldOf(log)
    const before = viewReadAt(log, { head: end.head, later: end.head, size })
    const page = pageReadAt(log, before, 'older', { head: end.head, later: end.head, size: 50 })
    if (page && before.next !== null) expect(newlyBreaking(before, addPage(before, 'older', before.next, page))).toBeNull()
  })

  test('is the newest, if several have come at once; and nothing after history was rewritten', () => {
    const log = storyOf(6).map((each): StoryEvent => {
      return each.type === 'update.published' && each.seq < 6 ? { ...each, update: { ...each.update, breaking: true } } : each
    })
    const [before, after] = [viewOf(log, 2), viewOf(log, 6)]
    expect(newlyBreaking(before, after)?.seq).toBe(5)
    expect(newlyBreaking(before, { ...after, epoch: 2 })).toBeNull()
    const withdrawal = { at: '2026-01-31T14:06:00.000Z', notice: 'Wrong.' }
    const last = after.updates[1]
    if (!last) throw new Error('there are five')
    const withdrawn = applyEvent(after, { seq: 7, at: withdrawal.at, type: 'update.withdrawn', update: { ...last, version: 2, withdrawal } })
    expect(newlyBreaking(before, withdrawn)?.seq).toBe(4)
  })
})
