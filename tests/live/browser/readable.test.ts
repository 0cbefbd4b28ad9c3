import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { z } from 'zod'
import { audienceMessage, catchUp, eventsMessage, followAnswer, headMessage } from '#lib/live/contract.ts'
import {
  isAudienceMessage,
  isCatchUp,
  isEventsMessage,
  isFollowAnswer,
  isHeadMessage,
  isListedStories,
  isUpdatePage,
  isView,
} from '#lib/live/readable.ts'
import { noPace } from '#lib/story/count-pace.ts'
import { lineOf } from '#lib/story/line-of.ts'
import { type ListedStory, listedStory } from '#lib/story/story.ts'
import { updatePage, view } from '#lib/story/view.ts'
import { anyLog } from '../../story/arbitraries.ts'
import { foldOf, pageReadAt, seen, viewReadAt } from '../../story/history.ts'

const position = { epoch: fc.integer({ min: 1, max: 9 }), head: fc.nat() }
const anyEvents = anyLog.chain((log) => fc.subarray(log))
const reset = fc.constant(true)

const anyCatchUp = fc.oneof(fc.record({ ...position, events: anyEvents }), fc.record({ ...position, reset }))

const anyFollowAnswer = fc.oneof(
  fc.tuple(anyCatchUp, fc.constantFrom({}, { confirm: true })).map(([answer, asked]) => ({ ok: true, ...answer, ...asked })),
  fc.constantFrom('invalid', 'no-such-story', 'busy', 'unknown-message').map((reason) => ({ ok: false, reason })),
)

const anyView = fc
  .record({ log: anyLog, size: fc.integer({ min: 1, max: 5 }), show: fc.constantFrom('all' as const, 'key' as const), around: fc.nat({ max: 40 }) })
  .map(({ log, ...place }) => viewReadAt(log, { head: log.length, later: log.length, ...place }))

const anyUpdatePage = fc.record({ log: anyLog, size: fc.integer({ min: 1, max: 5 }) }).map(({ log, size }) => {
  const moments = { head: log.length, later: log.length }
  return pageReadAt(log, { next: '20', newer: null, show: 'all' }, 'older', { ...moments, size })
})

const anyListed = anyLog.map((log): ListedStory => {
  const { story, head, updates } = foldOf(log)
  return { ...story, head, updatedAt: story.openedAt, newest: updates[0] ? lineOf(updates[0]) : null, pace: noPace }
})

/** What the server may say of each kind, by the contract, and how a page knows it. */
const kinds: readonly [string, fc.Arbitrary<unknown>, z.ZodType, (value: unknown) => boolean][] = [
  ['events', fc.record({ story: fc.constant('bridge'), epoch: position.epoch, events: anyEvents }), eventsMessage, isEventsMessage],
  ['a heartbeat', fc.record({ story: fc.constant('bridge'), ...position }), headMessage, isHeadMessage],
  ['how many read', fc.record({ story: fc.constant('bridge'), readers: fc.nat() }), audienceMessage, isAudienceMessage],
  ['what was missed', anyCatchUp, catchUp, isCatchUp],
  ['an answer to one who follows', anyFollowAnswer, followAnswer, isFollowAnswer],
  ['a view', anyView, view, isView],
  ['a page of updates', anyUpdatePage, updatePage, isUpdatePage],
  ['stories', fc.array(anyListed, { maxLength: 3 }).map((stories) => ({ stories })), z.object({ stories: listedStory.array() }), isListedStories],
]

describe.each(kinds)('a page that is told %s', (_, anyMessage, schema, isReadable) => {
  test.prop([anyMessage])('understands all that the contract allows', (message) => {
    const sent: unknown = JSON.parse(JSON.stringify(message))
    expect(schema.parse(sent)).toEqual(sent)
    expect(isReadable(sent)).toBe(true)
  })

  test.prop([fc.oneof(fc.jsonValue(), fc.constant(undefined))])('doesn’t take anything else for it', (message) => {
    fc.pre(!schema.safeParse(message).success)
    expect(isReadable(message)).toBe(false)
  })
})

describe('a page that is told what it can’t know', () => {
  const notNumbers = [undefined, null, '1', 1.5, Number.NaN, {}]
  const anyFull = anyLog.filter((log) => log.some((each) => 'update' in each))

  test.prop([anyFull, fc.nat(), fc.constantFrom('update.liked', 'toString', '', null, undefined, 3)])(
    'says so of an event of another type, among any others',
    (log, which, type) => {
      const events: unknown[] = log.map((each, index) => (index === which % log.length ? { ...each, type } : each))
      expect(isEventsMessage({ story: 'bridge', epoch: 1, events })).toBe(false)
      expect(isCatchUp({ epoch: 1, head: log.length, events })).toBe(false)
      expect(isFollowAnswer({ ok: true, epoch: 1, head: log.length, events })).toBe(false)
    },
  )

  test.prop([anyFull, fc.nat(), fc.constantFrom('update', 'seq')])('says so of an event without what it tells of', (log, which, field) => {
    const ofUpdates = log.filter((each) => 'update' in each)
    const events = ofUpdates.map((each, index) => (index === which % ofUpdates.length ? { ...each, [field]: undefined } : each))
    expect(isEventsMessage({ story: 'bridge', epoch: 1, events: ofUpdates })).toBe(true)
    expect(isEventsMessage({ story: 'bridge', epoch: 1, events })).toBe(false)
    expect(isCatchUp({ epoch: 1, head: log.length, events })).toBe(false)
  })

  test.prop([anyFull, fc.constantFrom(...notNumbers)])('says so where the epoch is none', (log, epoch) => {
    const events = log
    expect(isEventsMessage({ story: 'bridge', epoch, events })).toBe(false)
    expect(isHeadMessage({ story: 'bridge', epoch, head: 1 })).toBe(false)
    expect(isCatchUp({ epoch, head: 1, events })).toBe(false)
    expect(isCatchUp({ epoch, head: 1, reset: true })).toBe(false)
    expect(isFollowAnswer({ ok: true, epoch, head: 1, events })).toBe(false)
    expect(isView({ ...seen(foldOf(log)), epoch })).toBe(false)
  })

  test.prop([anyView, fc.constantFrom('story', 'epoch', 'head', 'updates', 'next', 'newer', 'keyEvents', 'pace')])(
    'says so of a view of an older kind, without all that is shown',
    (whole, field) => {
      expect(isView({ ...whole, [field]: undefined })).toBe(false)
    },
  )
})
