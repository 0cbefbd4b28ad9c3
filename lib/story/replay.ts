import type { StoryEvent } from './event.ts'
import { applyEvent, openView } from './fold.ts'
import type { View } from './view.ts'

// A story played back: the same fold that open pages run, an event after the other.

/** Between two views that are kept, so that going back costs a part of the fold and not all of it. */
const keptEvery = 100

export type Tape = {
  readonly log: readonly StoryEvent[]
  /** After how many events there first was something to see. */
  readonly first: number
  /** The view after so many events, from 1 on. Cheap a step further than the last one, and at most a hundred steps anywhere it has been. */
  viewAfter(steps: number): View
}

/** A log, from its first event on, to be played; null if there is nothing in it that readers could see. */
export function tapeOf(log: readonly StoryEvent[]): Tape | null {
  const [opened] = log
  const first = log.findIndex((event) => 'story' in event && event.story.status !== 'draft') + 1
  if (opened?.type !== 'story.opened' || first === 0) return null
  const kept = [openView(opened)]
  let recent = { steps: 1, view: openView(opened) }
  return {
    log,
    first,
    viewAfter(steps) {
      const index = Math.min(Math.floor((steps - 1) / keptEvery), kept.length - 1)
      const nearest = { steps: 1 + index * keptEvery, view: kept[index] ?? recent.view }
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
