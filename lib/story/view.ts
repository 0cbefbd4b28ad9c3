import { z } from 'zod'
import type { StoryEvent } from './event.ts'
import { story } from './story.ts'
import { type Update, update } from './update.ts'

/**
 * What a reader sees of a story once the events 1 to `head` have been applied: the story, and the newest part of its
 * timeline without a hole in it, newest first. `next` is the cursor of the part that is older, null if there is none.
 */
export const view = z
  .object({
    story,
    /** Rises only when history itself was rewritten: a view of another epoch has to be fetched anew. */
    epoch: z.int().positive(),
    head: z.int().nonnegative(),
    updates: z.array(update),
    next: z.string().nullable(),
    /** The update that is kept on top, wherever in the timeline it stands. */
    pinned: update.nullable(),
    claims: z.array(z.unknown()),
    questions: z.array(z.unknown()),
  })
  .meta({ id: 'View' })

export type View = z.infer<typeof view> & {
  /** The head that the view was read at, where events have been applied to it since. */
  readonly readAt?: number
  /** Changes since then to updates older than its part of the timeline: an older page must not undo them. */
  readonly changedBelow?: readonly Update[]
}

/** A part of the timeline, newest first, with the cursor of the next older one. It holds all events up to `head`, and may hold later ones. */
export const updatePage = z
  .object({ epoch: z.int().positive(), head: z.int().nonnegative(), updates: z.array(update), next: z.string().nullable() })
  .meta({ id: 'UpdatePage' })
export type UpdatePage = z.infer<typeof updatePage>

/** The view before anything happened: what the first event, `story.opened`, is applied to. */
export function openView(opened: StoryEvent & { type: 'story.opened' }): View {
  return {
    story: opened.story,
    epoch: 1,
    head: opened.seq,
    updates: [],
    next: null,
    pinned: null,
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
      return { ...current, story: event.story }
    case 'update.published':
    case 'update.revised':
    case 'update.corrected':
      return place(current, event.update)
    case 'update.withdrawn':
      return unpin(place(current, event.update), event.update)
    case 'update.pinned':
      return { ...place(current, event.update), pinned: event.update }
    case 'update.unpinned':
      return unpin(place(current, event.update), event.update)
  }
}

function unpin(current: View, update: Update): View {
  return current.pinned?.id === update.id ? { ...current, pinned: null } : current
}

/** Puts the newer of what the view has and what it is given in the update's place. */
function place(current: View, update: Update): View {
  const pinned = current.pinned?.id === update.id ? newer(current.pinned, update) : current.pinned
  if (isBelow(current, update)) return { ...current, pinned, changedBelow: put(current.changedBelow ?? [], update) }
  return { ...current, pinned, updates: put(current.updates, update) }
}

function isBelow({ updates, next }: View, update: Update): boolean {
  const oldest = updates.at(-1)
  return next !== null && oldest !== undefined && update.seq < oldest.seq
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

/**
 * The view with the next older part of the timeline added to it. A part that doesn't continue the view changes nothing, nor
 * does one from before the view was read (an edge may have kept it): the view can't know what has changed in it.
 */
export function addOlder(current: View, cursor: string, page: UpdatePage): View {
  if (current.next !== cursor || current.epoch !== page.epoch || page.head < (current.readAt ?? current.head)) return current
  const changed = current.changedBelow ?? []
  const fresh = page.updates.map((update) => changed.find((each) => each.id === update.id && each.version > update.version) ?? update)
  const grown = { ...current, updates: [...current.updates, ...fresh], next: page.next }
  return { ...grown, changedBelow: changed.filter((update) => isBelow(grown, update)) }
}
