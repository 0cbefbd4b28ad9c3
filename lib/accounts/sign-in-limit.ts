import { createHash } from 'node:crypto'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { networkOf } from '#lib/network.ts'

const windowSeconds = 15 * 60

/**
 * How often a password may be tried in a quarter of an hour. One address, or network of IPv6, may not guess at many accounts, nor many
 * at one; the tightest bound is for both together, so that guessing from elsewhere rarely locks the owner out. Kept in
 * this process: with n of them a guesser gets n times as many tries.
 */
export function signInLimit() {
  const byBoth = new RateLimiterMemory({ points: 10, duration: windowSeconds })
  const byAddress = new RateLimiterMemory({ points: 60, duration: windowSeconds })
  const byAccount = new RateLimiterMemory({ points: 100, duration: windowSeconds })
  // Nothing can be guessed there, but each of them writes a row: enough for a newsroom that comes to work behind one address.
  const passkeysByAddress = new RateLimiterMemory({ points: 300, duration: windowSeconds })

  return {
    /** Counts one try. Answers 0, or in how many seconds the next may be made. */
    async take(account: string, address: string): Promise<number> {
      // A try that one of them refuses isn't counted by the others: who is refused by their address locks nobody out.
      const network = networkOf(address)
      return (await wait(byAddress, network)) || (await wait(byBoth, both(account, network))) || (await wait(byAccount, digest(account)))
    },
    /** The same for a step of signing in with a passkey. */
    takePasskey: (address: string): Promise<number> => wait(passkeysByAddress, networkOf(address)),
    /** Takes a counted try back, when nothing was tried after all. */
    async giveBack(account: string, address: string): Promise<void> {
      const network = networkOf(address)
      await Promise.all([byAddress.reward(network, 1), byBoth.reward(both(account, network), 1), byAccount.reward(digest(account), 1)])
    },
    /** Forgets the tries of somebody who got in; and of their address that one, for a whole newsroom may have the same. */
    async forget(account: string, address: string): Promise<void> {
      const network = networkOf(address)
      await Promise.all([byBoth.delete(both(account, network)), byAccount.delete(digest(account)), byAddress.reward(network, 1)])
    },
  }
}

/** As short as any other, however long a name somebody sends. */
function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64')
}

function both(account: string, network: string): string {
  return digest(`${account} ${network}`)
}

/** Counts at once, so that of many tries at the same time no more get through than of as many one after the other. */
async function wait(limiter: RateLimiterMemory, key: string): Promise<number> {
  try {
    await limiter.consume(key)
    return 0
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused
    return Math.ceil(refused.msBeforeNext / 1000)
  }
}
