import { RateLimiterMemory } from 'rate-limiter-flexible'
import { takePoint } from '#lib/limits/rate-limit.ts'

/** Far more than a newsroom's hands can do, and an end to a script that has run away. */
const writesPerMinute = 6_000

const limiter = new RateLimiterMemory({ points: writesPerMinute, duration: 60 })

/** Counts a write of that person. Returns 0, or the number of seconds until the next. */
export function takeWrite(personId: string): Promise<number> {
  return takePoint(limiter, personId)
}
