import { RateLimiterMemory } from 'rate-limiter-flexible'

const windowSeconds = 15 * 60

/**
 * How often a password may be tried in a quarter of an hour. One address may not guess at many accounts, nor many addresses
 * at one; the tightest bound is for both together, so that guessing from elsewhere rarely locks the owner out. Kept in
 * this process: with n of them a guesser gets n times as many tries.
 */
export function signInLimit() {
  const byBoth = new RateLimiterMemory({ points: 10, duration: windowSeconds })
  const byAddress = new RateLimiterMemory({ points: 60, duration: windowSeconds })
  const byAccount = new RateLimiterMemory({ points: 100, duration: windowSeconds })

  return {
    /** Counts one try. Answers 0, or in how many seconds the next may be made. */
    async take(account: string, address: string): Promise<number> {
      const waits = await Promise.all([wait(byBoth, `${account} ${address}`), wait(byAddress, address), wait(byAccount, account)])
      return Math.max(...waits)
    },
    /** Forgets the tries of somebody who got in. */
    async forget(account: string, address: string): Promise<void> {
      await Promise.all([byBoth.delete(`${account} ${address}`), byAccount.delete(account)])
    },
  }
}

async function wait(limiter: RateLimiterMemory, key: string): Promise<number> {
  const used = await limiter.get(key)
  if (used && used.consumedPoints >= limiter.points) return Math.ceil(used.msBeforeNext / 1000)
  await limiter.penalty(key, 1)
  return 0
}
