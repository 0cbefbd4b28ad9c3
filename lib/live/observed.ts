/** A value that others watch: a new value only when something has changed, as React's `useSyncExternalStore` wants it. */
export type Observed<Value> = {
  get(): Value
  set(value: Value): void
  /** Calls back after each change, until what it answers is called. */
  subscribe(listener: () => void): () => void
}

export function observed<Value>(initial: Value): Observed<Value> {
  let current = initial
  const listeners = new Set<() => void>()
  return {
    get: () => current,
    set(value) {
      if (Object.is(value, current)) return
      current = value
      for (const listener of listeners) listener()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
