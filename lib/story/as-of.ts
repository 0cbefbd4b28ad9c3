import type { ChangeCounts } from './change-counts.ts'
import type { StoryEvent } from './event.ts'
import { applyEvent, openView } from './fold.ts'
import type { Pace } from './pace.ts'
import type { View } from './view.ts'

/** A story as readers saw it at a moment: of its timeline a part, from the newest on or from where it was asked for. */
export type PastView = Pick<View, 'story' | 'head' | 'updates' | 'next' | 'pinned' | 'claims' | 'questions' | 'pace'> & {
  /** How often something had been corrected. */
  readonly corrections: number
}

/** A story as it stood at a moment, and the ways from there. */
export type StoryAt = {
  readonly view: PastView
  /** From when on there's something to see, and when the story was changed last. */
  readonly from: string
  readonly to: string
  /** When it was changed before, so that it stood so for a while; null if there was nothing to see before. */
  readonly earlier: string | null
  /** When it was changed next; null if it still stands so. */
  readonly later: string | null
  /** What has happened since. */
  readonly since: ChangeCounts
  /** When updates were published, up to now: what there is to choose a moment by. */
  readonly allPace: Pace
}

/**
 * What readers saw of a story once these events, its log from the first, had happened: all of its timeline. Null while there was
 * nothing that they could see. Costs what the fold costs, for each event.
 */
export function viewAfter(log: readonly StoryEvent[]): View | null {
  const [opened, ...later] = log
  if (opened?.type !== 'story.opened') return null
  const view = later.reduce(applyEvent, openView(opened))
  return isPublic(view.story.status) ? view : null
}

/** Whether readers can see a story that stands so. */
export function isPublic(status: View['story']['status']): boolean {
  return status !== 'draft'
}
