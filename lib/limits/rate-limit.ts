import { type RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'

/**
 * Consumes one point of `key`. Returns 0, or the number of seconds until the next may be consumed. Counts before it decides, so that
 * requests that arrive together get no further than the same requests one after the other.
 */
export async function takePoint(limiter: RateLimiterMemory, key: string): Promise<number> {
  try {
    await limiter.consume(key)
    return 0
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused
    return Math.ceil(refused.msBeforeNext / 1000)
  }
}
