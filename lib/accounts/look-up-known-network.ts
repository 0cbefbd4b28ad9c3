import type { KnownNetworks } from '#lib/db/known-networks.ts'

type Account = { readonly id: string } | { readonly email: string }

/** Returns a function that tells whether the account's owner has signed in from a network. It asks the database once, when first called. */
export function lookUpKnownNetwork(networks: KnownNetworks, account: Account | null, digest: string): () => Promise<boolean> {
  let answer: Promise<boolean> | undefined
  return () => {
    answer ??= account === null ? Promise.resolve(false) : networks.isKnown(account, digest)
    return answer
  }
}
