import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { countPublished, noPace } from '#lib/story/count-pace.ts'
import type { StoryEvent } from '#lib/story/event.ts'
import { lineOf } from '#lib/story/line-of.ts'
import { groupOf, hearOf } from '#lib/story/list-stories.ts'
import { type ListedStory, listedStory } from '#lib/story/story.ts'
import { anyLog } from './arbitraries.ts'
import { foldOf } from './history.ts'

type Happening = { readonly slug: string; readonly event: StoryEvent }

/** All that happens in three stories, one after the other, and how much of it a page was made with. */
const anyHappenings = fc
  .record({
    logs: fc.tuple(anyLog, anyLog, anyLog),
    turns: fc.array(fc.nat({ max: 2 }), { minLength: 130, maxLength: 130 }),
    known: fc.nat({ max: 40 }),
  })
  .map(({ logs, turns, known }) => {
    const rest = logs.map((log, index) => log.slice(1).map((event) => ({ slug: `story-${index}`, event })))
    const later = [...turns, 0, 1, 2]
      .flatMap((turn) => rest[turn]?.shift() ?? [])
      .map((each, tick) => ({ ...each, event: { ...each.event, at: timeOf(tick) } }))
    const opened = logs.flatMap((log, index) => {
      const [first] = log
      return first?.type === 'story.opened'
        ? [{ slug: `story-${index}`, event: { ...first, at: timeOf(index - 3), story: { ...first.story, slug: `story-${index}` } } }]
        : []
    })
    return { opened, before: later.slice(0, known), later: later.slice(known) }
  })

function timeOf(tick: number): string {
  return new Date(Date.parse('2026-01-31T15:00:00Z') + tick * 1000).toISOString()
}

/** The list as one makes it who reads all that ever happened. */
function listOf(happenings: readonly Happening[]): ListedStory[] {
  const slugs = [...new Set(happenings.map(({ slug }) => slug))]
  const stories = slugs.map((slug) => {
    const log = happenings.filter((each) => each.slug === slug).map(({ event }) => event)
    const { story, head, updates } = foldOf(log)
    const pace = updates.reduce((sum, { publishedAt }) => countPublished(sum, publishedAt), { ...noPace, minutes: 60 })
    const [newest] = updates
    return { ...story, slug, head, updatedAt: log.at(-1)?.at ?? '', newest: newest && newest.withdrawal === null ? lineOf(newest) : null, pace }
  })
  return stories.toSorted((one, other) => (one.updatedAt < other.updatedAt ? 1 : -1))
}

function hearAll(stories: readonly ListedStory[], happenings: readonly Happening[]): readonly ListedStory[] {
  return happenings.reduce((list, { slug, event }) => hearOf(list, slug, withSlug(event, slug)), stories)
}

/** The logs are all of one story, "bridge": each event says of its own what it says of that. */
function withSlug(event: StoryEvent, slug: string): StoryEvent {
  return 'story' in event ? { ...event, story: { ...event.story, slug } } : event
}

describe('the list of stories', () => {
  test.prop([anyHappenings])('is in the end what one sees who reads it anew', ({ opened, before, later }) => {
    const list = hearAll(listOf([...opened, ...before]), later)
    expect(list).toEqual(listOf([...opened, ...before, ...later]))
    for (const story of list) expect(listedStory.parse(story)).toEqual(story)
  })

  test.prop([anyHappenings])('has the liveliest story on top, whatever happens', ({ opened, before, later }) => {
    let list: readonly ListedStory[] = listOf([...opened, ...before])
    for (const each of later) {
      list = hearAll(list, [each])
      expect(list[0]).toMatchObject({ slug: each.slug, updatedAt: each.event.at, head: each.event.seq })
      expect(list.map(({ updatedAt }) => updatedAt)).toEqual(
        list
          .map(({ updatedAt }) => updatedAt)
          .toSorted()
          .toReversed(),
      )
    }
    expect(list).toHaveLength(opened.length)
  })

  test.prop([anyHappenings])('is not changed by what it was told already, nor by a story that isn’t in it', ({ opened, before, later }) => {
    const happenings = [...opened, ...before, ...later]
    const list = listOf(happenings)
    expect(hearAll(list, happenings)).toBe(list)
    for (const { event } of later) expect(hearOf(list, 'elsewhere', { ...event, seq: 1_000 })).toBe(list)
  })

  test.prop([anyHappenings])('says nothing is newest where that was withdrawn', ({ opened, before, later }) => {
    const happenings = [...opened, ...before, ...later]
    const list = listOf(happenings)
    for (const { slug, newest, head } of list) {
      const update = happenings.findLast((each) => each.slug === slug && 'update' in each.event && each.event.update.id === newest?.id)?.event
      if (!update || !('update' in update)) continue
      const withdrawal = { at: timeOf(500), notice: 'Taken down.' }
      const withdrawn: StoryEvent = { seq: head + 1, at: timeOf(500), type: 'update.withdrawn', update: { ...update.update, withdrawal } }
      expect(hearOf(list, slug, withdrawn)[0]).toMatchObject({ slug, newest: null })
    }
    expect(list).toHaveLength(opened.length)
  })
})

describe('a story in the list', () => {
  const day = 24 * 60 * 60_000
  const anyListed = anyHappenings.map(({ opened, before }) => listOf([...opened, ...before])).map(([story]) => story)

  test.prop([anyListed, fc.integer({ min: 0, max: 3 * day }), fc.constantFrom('developing' as const, 'paused' as const, 'closed' as const)])(
    'is developing while something was heard of it in the last day, and closed once it is closed',
    (listed, age, status) => {
      if (!listed) throw new Error('there are stories')
      const story = { ...listed, status }
      const now = Date.parse(story.updatedAt) + age
      const expected = { closed: 'closed', paused: 'recent', developing: age < day ? 'developing' : 'recent' }[status]
      expect(groupOf(story, now)).toBe(expected)
    },
  )
})
