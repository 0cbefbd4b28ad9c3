import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import type { StoryEvent } from '#lib/story/event.ts'
import { applyEvent } from '#lib/story/fold.ts'
import { type Delivery, type Followed, type Merged, merge, mostWaiting } from '#lib/story/merge.ts'
import { anyLog } from './arbitraries.ts'
import { seen, viewReadAt } from './history.ts'
import { storyOf, viewOf } from './sample-story.ts'

/** A reader's page made in the middle of a story, and all that came after in deliveries that come late, split, twice and in any order. */
const anyDeliveries = anyLog.chain((log) =>
  fc.integer({ min: 1, max: log.length }).chain((head) => {
    const anyPart = fc.shuffledSubarray(log).chain((part) => fc.shuffledSubarray([...part, ...part]))
    return fc.record({
      log: fc.constant(log),
      page: fc.integer({ min: 1, max: 5 }).map((size) => viewReadAt(log, { head, later: head, size })),
      parts: fc.array(anyPart, { maxLength: 8 }),
      last: fc.shuffledSubarray(log, { minLength: log.length, maxLength: log.length }),
    })
  }),
)

describe('a page that follows a story', () => {
  test.prop([anyDeliveries])(
    'shows in the end what in-order delivery shows, whatever the order, the repeats and the delays',
    ({ log, page, parts, last }) => {
      const inOrder = log.slice(page.head).reduce(applyEvent, page)
      const followed = [...parts, last].reduce<Followed>((each, events) => standing(merge(each, { epoch: 1, events })), { view: page, waiting: [] })
      expect(seen(followed.view)).toEqual(seen(inOrder))
      expect(followed.waiting).toEqual([])
    },
  )

  test.prop([anyDeliveries])('asks for what is missing exactly when something is', ({ log, page, parts }) => {
    let followed: Followed = { view: page, waiting: [] }
    const heard = new Set<number>()
    for (const events of parts) {
      for (const { seq } of events) heard.add(seq)
      const whole = lastWithoutGap(page.head, heard)
      const merged = merge(followed, { epoch: 1, events })
      followed = standing(merged)

      expect(merged.kind).toBe(Math.max(page.head, ...heard) > whole ? 'gap' : 'current')
      expect(seen(followed.view)).toEqual(seen(log.slice(page.head, whole).reduce(applyEvent, page)))
      expect(followed.waiting.map(({ seq }) => seq)).toEqual([...heard].filter((seq) => seq > whole).toSorted((one, other) => one - other))
    }
    expect(merge(followed, { epoch: 1, events: log }).kind).toBe('current')
  })

  test.prop([anyDeliveries, fc.integer({ min: 1, max: 5 })])(
    'is read anew when history was rewritten, and only then',
    ({ page, parts, last }, difference) => {
      const here: Followed = { view: { ...page, epoch: 6 }, waiting: [] }
      const followed = standing(
        parts.reduce<Merged>((merged, events) => merge(standing(merged), { epoch: 6, events }), merge(here, { epoch: 6, events: [] })),
      )
      expect(merge(followed, { epoch: 6 + difference, events: [] })).toEqual({ kind: 'reset' })
      expect(merge(followed, { epoch: 6 + difference, events: last })).toEqual({ kind: 'reset' })

      const late = merge(followed, { epoch: 6 - difference, events: last })
      expect(late).toEqual({ kind: followed.waiting.length === 0 ? 'current' : 'gap', followed })
    },
  )
})

describe('a page that missed more than it can remember', () => {
  const log = storyOf(mostWaiting * 2 + 100)
  const page = viewOf(log, 1)
  const missed = 2

  const hear = (events: readonly StoryEvent[]) => merge({ view: page, waiting: [] }, { epoch: 1, events })

  test('keeps what comes first after the gap, up to a bound', () => {
    const merged = hear(log.slice(missed).toReversed())
    expect(merged.kind).toBe('gap')
    expect(standing(merged).waiting).toEqual(log.slice(missed, missed + mostWaiting))
  })

  test('keeps to the bound when the events come one by one, the newest first', () => {
    const followed = log.slice(missed).reduceRight<Followed>(
      (each, event) => {
        const next = standing(merge(each, { epoch: 1, events: [event] }))
        if (next.waiting.length > mostWaiting) throw new Error(`${next.waiting.length} events wait`)
        return next
      },
      { view: page, waiting: [] },
    )
    expect(followed.waiting).toEqual(log.slice(missed, missed + mostWaiting))
  })

  test('is complete once the gap is fetched', () => {
    let merged = hear(log.slice(missed).toReversed())
    for (let fetches = 0; standing(merged).view.head < log.length; fetches += 1) {
      if (fetches > log.length / 500) throw new Error('the page does not catch up')
      merged = merge(standing(merged), eventsAfter(log, standing(merged).view.head))
    }
    expect(merged).toEqual({ kind: 'current', followed: { view: viewOf(log, log.length), waiting: [] } })
  })
})

/** What the server answers to one who asks for what came after `head`. */
function eventsAfter(log: readonly StoryEvent[], head: number): Delivery {
  return { epoch: 1, events: log.slice(head, head + 500) }
}

function standing(merged: Merged): Followed {
  if (merged.kind === 'reset') throw new Error('the page was to be read anew')
  return merged.followed
}

function lastWithoutGap(head: number, heard: ReadonlySet<number>): number {
  let last = head
  while (heard.has(last + 1)) last += 1
  return last
}
