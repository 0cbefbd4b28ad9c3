import { now } from './clock.ts'

/** When each event came to each reader of a crowd. */
export type Arrivals = {
  note(seq: number): void
  /** All moments at which it came, once it has come so many times or so many ms have gone by. They are forgotten then. */
  of(seq: number, times: number, withinMs: number): Promise<Float64Array>
}

export function arrivals(size: number): Arrivals {
  const noted = new Map<number, { moments: Float64Array; count: number; onCount(): void }>()
  const entry = (seq: number) => {
    const known = noted.get(seq)
    if (known !== undefined) return known
    const made = { moments: new Float64Array(size), count: 0, onCount: () => {} }
    noted.set(seq, made)
    return made
  }
  return {
    note(seq) {
      const { moments, count } = entry(seq)
      if (count < moments.length) moments[count] = now()
      const known = entry(seq)
      known.count += 1
      known.onCount()
    },
    async of(seq, times, withinMs) {
      const known = entry(seq)
      await new Promise<void>((resolve) => {
        const late = setTimeout(resolve, withinMs)
        known.onCount = () => {
          if (known.count < times) return
          clearTimeout(late)
          resolve()
        }
        known.onCount()
      })
      noted.delete(seq)
      return known.moments.slice(0, Math.min(known.count, known.moments.length))
    },
  }
}
