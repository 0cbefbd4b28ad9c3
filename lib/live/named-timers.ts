export type Timers = {
  setTimeout(run: () => void, ms: number): unknown
  clearTimeout(timer: unknown): void
}

/** Timers that go by name: setting one again puts it off. */
export function namedTimers<Name extends string>({ setTimeout, clearTimeout }: Timers) {
  const running = new Map<Name, unknown>()
  const clear = (name: Name) => {
    if (!running.has(name)) return
    clearTimeout(running.get(name))
    running.delete(name)
  }
  return {
    clear,
    /** In ms. */
    set(name: Name, ms: number, run: () => void) {
      clear(name)
      running.set(
        name,
        setTimeout(() => {
          running.delete(name)
          run()
        }, ms),
      )
    },
    clearAll() {
      for (const name of [...running.keys()]) clear(name)
    },
  }
}
