import type { Claim } from './claim.ts'
import type { Question } from './question.ts'
import type { Story } from './story.ts'
import type { Update } from './update.ts'
import type { View } from './view.ts'

// What happened to a story between two moments: two folds of its log, put beside each other. Nothing is looked up in the log itself,
// so what was done and undone in between is no difference.

/** Of things that have an id and a version. */
export type Changes<Each> = {
  /** In the order in which they came. */
  readonly added: readonly Each[]
  readonly changed: readonly { readonly before: Each; readonly after: Each }[]
  /** Those that aren't there any more. */
  readonly removed: readonly Each[]
}

export type Difference = {
  /** The numbers of the last event before each of the two moments. */
  readonly from: number
  readonly to: number
  /** Null if what the story says of itself is the same. */
  readonly story: { readonly before: Story; readonly after: Story } | null
  readonly updates: Changes<Update>
  readonly claims: Changes<Claim>
  readonly questions: Changes<Question>
  /** How it then stands: what was pinned, and the overviews. */
  readonly pinned: Update | null
  readonly overviews: Pick<View, 'keyEvents' | 'pace' | 'corrections'>
}

/** What has to be done to the earlier view to have the later one; both with all of their timelines, of one story. */
export function compare(before: View, after: View): Difference {
  const { keyEvents, pace, corrections } = after
  return {
    from: before.head,
    to: after.head,
    story: JSON.stringify(before.story) === JSON.stringify(after.story) ? null : { before: before.story, after: after.story },
    updates: changes(before.updates.toReversed(), after.updates.toReversed()),
    claims: changes(before.claims, after.claims),
    questions: changes(before.questions, after.questions),
    pinned: after.pinned,
    overviews: { keyEvents, pace, corrections },
  }
}

/** The later view, made of the earlier one and what lies between them. */
export function applyDifference(before: View, { to, story, updates, claims, questions, pinned, overviews }: Difference): View {
  return {
    ...before,
    head: to,
    story: story ? story.after : before.story,
    updates: changed(before.updates.toReversed(), updates).reverse(),
    claims: changed(before.claims, claims),
    questions: changed(before.questions, questions),
    pinned,
    ...overviews,
  }
}

type Numbered = { readonly id: string; readonly seq: number; readonly version: number }

/** Both lists in the order of their numbers. */
function changes<Each extends Numbered>(before: readonly Each[], after: readonly Each[]): Changes<Each> {
  const was = new Map(before.map((each) => [each.id, each]))
  const is = new Set(after.map(({ id }) => id))
  return {
    added: after.filter(({ id }) => !was.has(id)),
    changed: after.flatMap((each) => {
      const earlier = was.get(each.id)
      return earlier && earlier.version !== each.version ? [{ before: earlier, after: each }] : []
    }),
    removed: before.filter(({ id }) => !is.has(id)),
  }
}

function changed<Each extends Numbered>(before: readonly Each[], { added, changed, removed }: Changes<Each>): Each[] {
  const now = new Map(changed.map(({ after }) => [after.id, after]))
  const gone = new Set(removed.map(({ id }) => id))
  const left = before.filter(({ id }) => !gone.has(id)).map((each) => now.get(each.id) ?? each)
  return [...left, ...added].toSorted((one, other) => one.seq - other.seq)
}
