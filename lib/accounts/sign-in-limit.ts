import { createHash } from 'node:crypto'
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
      // A try that one of them refuses isn't counted by the others: who is refused by their address locks nobody out.
      return (await wait(byAddress, address)) || (await wait(byBoth, both(account, address))) || (await wait(byAccount, digest(account)))
    },
    /** Forgets the tries of somebody who got in; and of their address that one, for a whole newsroom may have the same. */
    async forget(account: string, address: string): Promise<void> {
      await Promise.all([byBoth.delete(both(account, address)), byAccount.delete(digest(account)), byAddress.reward(address, 1)])
    },
  }
}

/** As short as any other, however long a name somebody sends. */
function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64')
}

function both(account: string, address: string): string {
  return digest(`${account} ${address}`)
}

async function wait(limiter: RateLimiterMemory, key: string): Promise<number> {
  const used = await limiter.get(key)
  if (used && used.consumedPoints >= limiter.points) return Math.ceil(used.msBeforeNext / 1000)
  await limiter.penalty(key, 1)
  return 0
}
