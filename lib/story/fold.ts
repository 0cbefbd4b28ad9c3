import { countPublished, noPace } from './count-pace.ts'
import type { StoryEvent } from './event.ts'
import { putFact } from './known.ts'
import { listCorrection, noCorrections } from './list-corrections.ts'
import { listKeyEvent } from './list-key-events.ts'
import type { Update } from './update.ts'
import type { UpdatePage, View } from './view.ts'

// No schema is imported here: this is what a page runs, and it parses nothing.

/** The view before anything happened: what the first event, `story.opened`, is applied to. */
export function openView(opened: StoryEvent & { type: 'story.opened' }): View {
  return {
    story: opened.story,
    epoch: 1,
    head: opened.seq,
    updates: [],
    next: null,
    newer: null,
    show: 'all',
    pinned: null,
    keyEvents: [],
    pace: noPace,
    corrections: noCorrections,
    claims: [],
    questions: [],
  }
}

/**
 * The fold: the view after `event`. Pure, and the only place where an event is turned into what is seen, on the server and
 * in the browser alike. An event that the view already holds changes nothing; one that doesn't follow on it is a bug of the
 * caller and throws. Costs a copy of the list of loaded updates (not of the updates).
 */
export function applyEvent(current: View, event: StoryEvent): View {
  if (event.seq <= current.head) return current
  if (event.seq !== current.head + 1) throw new Error(`event ${event.seq} does not follow on ${current.head}`)
  return { ...change(current, event), head: event.seq, readAt: current.readAt ?? current.head }
}

function change(current: View, event: StoryEvent): View {
  switch (event.type) {
    case 'story.opened':
    case 'story.revised':
      // What was corrected before anybody could read it is no correction to readers.
      return { ...current, story: event.story, corrections: isOpening(current, event) ? noCorrections : current.corrections }
    case 'update.published':
      return place({ ...current, pace: countPublished(current.pace, event.update.publishedAt) }, event.update)
    case 'update.revised':
      return place(current, event.update)
    case 'update.corrected': {
      const { seq, at, update } = event
      return place({ ...current, corrections: listCorrection(current.corrections, { id: update.id, seq, version: update.version, at }) }, update)
    }
    case 'update.withdrawn':
      return unpin(place(current, event.update), event.update)
    case 'update.pinned':
      return { ...place(current, event.update), pinned: event.update }
    case 'update.unpinned':
      return unpin(place(current, event.update), event.update)
    case 'claim.made':
    case 'claim.revised':
    case 'claim.assessed':
    case 'claim.withdrawn':
      return { ...current, claims: putFact(current.claims, event.claim) }
    case 'question.raised':
    case 'question.revised':
    case 'question.answered':
    case 'question.closed':
    case 'question.reopened':
    case 'question.withdrawn':
      return { ...current, questions: putFact(current.questions, event.question) }
    case 'erased':
      // What was pinned then isn't known any more, and what was before it no longer was.
      return event.was === 'update.pinned' ? { ...current, pinned: null } : current
    case 'history.erased':
      return current
  }
}

function isOpening(current: View, { story }: { readonly story: View['story'] }): boolean {
  return current.story.status === 'draft' && story.status !== 'draft'
}

function unpin(current: View, update: Update): View {
  return current.pinned?.id === update.id ? { ...current, pinned: null } : current
}

/** Puts the newer of what the view has and what it is given in the update's place, wherever the view shows it. */
function place(current: View, update: Update): View {
  const pinned = current.pinned?.id === update.id ? newer(current.pinned, update) : current.pinned
  return inTimeline({ ...current, pinned, keyEvents: listKeyEvent(current.keyEvents, update) }, update)
}

function inTimeline(current: View, update: Update): View {
  if (isOutside(current, update)) return { ...current, changedOutside: put(current.changedOutside ?? [], update) }
  const updates = put(current.updates, update)
  return { ...current, updates: current.show === 'key' ? updates.filter(({ key }) => key) : updates }
}

function isOutside(current: Pick<View, 'next' | 'newer'>, { seq }: Update): boolean {
  return (current.next !== null && seq < Number(current.next)) || (current.newer !== null && seq > Number(current.newer))
}

function newer(one: Update, other: Update): Update {
  return other.version >= one.version ? other : one
}

/** `updates` (newest first) with `update` in it, once, in its place. */
function put(updates: readonly Update[], update: Update): Update[] {
  // Nearly everything that arrives belongs at the front: look from there.
  const index = updates.findIndex((each) => each.seq <= update.seq)
  const found = updates[index]
  if (found?.seq === update.seq) return updates.with(index, newer(found, update))
  return index === -1 ? [...updates, update] : updates.toSpliced(index, 0, update)
}

export type Side = 'older' | 'newer'

/** The cursor at that end of the view's part of the timeline; null if it ends there. */
export function cursorAt(current: Pick<View, 'next' | 'newer'>, side: Side): string | null {
  return side === 'older' ? current.next : current.newer
}

/**
 * The view with the next part of the timeline added at that end. A part that doesn't continue the view changes nothing, nor
 * does one from before the view was read (an edge may have kept it): the view can't know what has changed in it.
 */
export function addPage(current: View, side: Side, cursor: string, page: UpdatePage): View {
  if (cursorAt(current, side) !== cursor || current.epoch !== page.epoch || page.head < (current.readAt ?? current.head)) return current
  const { updates, changedOutside = [] } = current
  const grown =
    side === 'older'
      ? { ...current, updates: [...updates, ...page.updates], next: page.next }
      : { ...current, updates: [...page.updates, ...updates], newer: page.newer }
  return changedOutside.reduce<View>(inTimeline, { ...grown, changedOutside: [] })
}
