import { RateLimiterMemory } from 'rate-limiter-flexible'

/** Far more than a newsroom's hands can do, and an end to a script that has run away. */
const writesPerMinute = 6_000

const limiter = new RateLimiterMemory({ points: writesPerMinute, duration: 60 })

/** Counts a write of that person. Answers 0, or in how many seconds the next may come. */
export async function takeWrite(personId: string): Promise<number> {
  const { consumedPoints, msBeforeNext } = await limiter.penalty(personId, 1)
  return consumedPoints > writesPerMinute ? Math.ceil(msBeforeNext / 1000) : 0
}
