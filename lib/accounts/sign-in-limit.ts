import { createHash, createHmac } from 'node:crypto'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import { networkOf } from '#lib/limits/network.ts'
import { takePoint } from '#lib/limits/rate-limit.ts'

const windowSeconds = 15 * 60

/** Where a try at an account comes from. */
export type TrySource = {
  readonly address: string
  /** Whether the account's owner has signed in from that network before. Without this it is unknown. */
  readonly isKnownNetwork?: () => Promise<boolean>
}

/**
 * Limits how often a password may be tried in a quarter of an hour: 10 times at one account from one network (an IPv4 address or a /64 of
 * IPv6), 60 times from one network, and 100 times at one account from all networks together. A network that the account's owner has
 * signed in from is exempt from the last limit, so that strangers can't lock the owner out: docs/decisions/0041. Counted in this
 * process: with n processes a guesser gets n times as many tries.
 */
export function signInLimit() {
  const byBoth = new RateLimiterMemory({ points: 10, duration: windowSeconds })
  const byAddress = new RateLimiterMemory({ points: 60, duration: windowSeconds })
  const byAccount = new RateLimiterMemory({ points: 100, duration: windowSeconds })
  // Nothing can be guessed there, but each of them writes a row: enough for a newsroom that comes to work behind one address.
  const passkeysByAddress = new RateLimiterMemory({ points: 300, duration: windowSeconds })

  const takeOfAccount = async (account: string, { isKnownNetwork }: TrySource): Promise<number> =>
    (await isKnownNetwork?.()) ? 0 : takePoint(byAccount, digest(account))
  const giveBackToAccount = async (account: string, { isKnownNetwork }: TrySource): Promise<void> => {
    if (!(await isKnownNetwork?.())) await byAccount.reward(digest(account), 1)
  }

  return {
    /** Counts one try. Returns 0, or the number of seconds until the next. */
    async take(account: string, source: TrySource): Promise<number> {
      // A try that one of them refuses isn't counted by the next: whoever is refused by their network locks nobody out.
      const network = networkOf(source.address)
      return (await takePoint(byAddress, network)) || (await takePoint(byBoth, both(account, network))) || (await takeOfAccount(account, source))
    },
    /** Counts one step of signing in with a passkey. Returns 0, or the number of seconds until the next. */
    takePasskey: (address: string): Promise<number> => takePoint(passkeysByAddress, networkOf(address)),
    /** Takes back a try that tried nothing after all. */
    async giveBack(account: string, source: TrySource): Promise<void> {
      const network = networkOf(source.address)
      await Promise.all([byAddress.reward(network, 1), byBoth.reward(both(account, network), 1), giveBackToAccount(account, source)])
    },
    /** Takes back the try that succeeded, and forgets the failed ones at that account from that network. */
    async forget(account: string, source: TrySource): Promise<void> {
      const network = networkOf(source.address)
      // Tries from elsewhere still count: they may be a stranger's.
      await Promise.all([byAddress.reward(network, 1), byBoth.delete(both(account, network)), giveBackToAccount(account, source)])
    },
  }
}

/** Returns what is stored of a network: without the secret it can't be turned back into an address by trying all of them. */
export function networkDigest(address: string, secret: string): string {
  return createHmac('sha256', secret)
    .update(`network ${networkOf(address)}`)
    .digest('base64url')
}

/** As short as any other, however long a name somebody sends. */
function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64')
}

function both(account: string, network: string): string {
  return digest(`${account} ${network}`)
}
