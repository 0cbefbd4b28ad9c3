/** What was done to a list of things that have an id and a version. */
export type Changes<Each> = {
  /** In the order in which they came. */
  readonly added: readonly Each[]
  readonly changed: readonly { readonly before: Each; readonly after: Each }[]
  /** Those that aren't there any more. */
  readonly removed: readonly Each[]
}

type Versioned = { readonly id: string; readonly version: number }

/** Compares the same list at two moments. What was done and undone in between is no difference. */
export function compareLists<Each extends Versioned>(before: readonly Each[], after: readonly Each[]): Changes<Each> {
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
