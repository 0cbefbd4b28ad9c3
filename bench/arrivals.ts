import { now } from './clock.ts'

/** When each event came to each reader of a crowd. */
export type Arrivals = {
  note(seq: number): void
  /** All moments at which it came, once it has come so many times or so many ms have gone by. They are forgotten then. */
  of(seq: number, times: number, withinMs: number): Promise<Float64Array>
}

export function arrivals(): Arrivals {
  const noted = new Map<number, { moments: number[]; onNoted(): void }>()
  const entry = (seq: number) => {
    const known = noted.get(seq) ?? { moments: [], onNoted: () => {} }
    noted.set(seq, known)
    return known
  }
  return {
    note(seq) {
      const known = entry(seq)
      known.moments.push(now())
      known.onNoted()
    },
    async of(seq, times, withinMs) {
      const known = entry(seq)
      await new Promise<void>((resolve) => {
        const late = setTimeout(resolve, withinMs)
        known.onNoted = () => {
          if (known.moments.length < times) return
          clearTimeout(late)
          resolve()
        }
        known.onNoted()
      })
      noted.delete(seq)
      return Float64Array.from(known.moments)
    },
  }
}
