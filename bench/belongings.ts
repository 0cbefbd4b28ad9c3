/** What a run has opened and must leave behind nowhere: servers, processes, databases, folders. */
export type Belongings = {
  /** Keeps how to be rid of something, which is called once. */
  add(drop: () => unknown): void
  /** Drops all of it, the newest first, also if something can't be dropped. */
  dropAll(): Promise<void>
}

export function belongings(): Belongings {
  const drops: (() => unknown)[] = []
  return {
    add: (drop) => void drops.push(drop),
    async dropAll() {
      for (let drop = drops.pop(); drop !== undefined; drop = drops.pop()) {
        try {
          await drop()
        } catch (error) {
          console.error('something was left behind:', error)
        }
      }
    },
  }
}
