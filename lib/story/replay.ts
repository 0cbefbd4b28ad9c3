import type { StoryEvent } from './event.ts'
import { applyEvent, openView } from './fold.ts'
import type { View } from './view.ts'

// A story played back: the same fold that open pages run, an event after the other.

/** Between two views that are kept, so that going back costs a part of the fold and not all of it. */
const keptEvery = 100

export type Tape = {
  /** What is played: the first is what there was to see at first. */
  readonly log: readonly StoryEvent[]
  /** The view after so many of them, from 1 on. Cheap a step further than the last one, and at most a hundred steps anywhere it has been. */
  viewAfter(steps: number): View
}

/**
 * A log to be played. Where readers couldn't see the story from its first event on, `opening` is the view at the one from which they
 * could. Null if there is nothing to begin with.
 */
export function tapeOf(events: readonly StoryEvent[], opening: View | null = null): Tape | null {
  const log = opening ? events.filter(({ seq }) => seq >= opening.head) : events
  const [first] = log
  const begin = opening ?? (first?.type === 'story.opened' ? openView(first) : null)
  if (!begin) return null
  const kept = [begin]
  let recent = { steps: 1, view: begin }
  return {
    log,
    viewAfter(steps) {
      const index = Math.min(Math.floor((steps - 1) / keptEvery), kept.length - 1)
      const nearest = { steps: 1 + index * keptEvery, view: kept[index] ?? begin }
      let { steps: at, view } = recent.steps <= steps && recent.steps > nearest.steps ? recent : nearest
      for (const event of log.slice(at, steps)) {
        view = applyEvent(view, event)
        at += 1
        if (at === 1 + kept.length * keptEvery) kept.push(view)
      }
      recent = { steps: at, view }
      return view
    },
  }
}

/** The shortest and the longest that a step takes, in ms: what came at once is seen to come, and nobody waits through a night. */
const [shortest, longest] = [150, 2_500]

/** How long it takes to the next event when played so many times as fast as it was, in ms; null at the end. */
export function stepTime(log: readonly StoryEvent[], steps: number, speed: number): number | null {
  const [now, next] = [log[steps - 1], log[steps]]
  if (!now || !next) return null
  return Math.min(Math.max((Date.parse(next.at) - Date.parse(now.at)) / speed, shortest), longest)
}
