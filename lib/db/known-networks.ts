import type { PrismaClient } from './generated/client.ts'

/** The networks that people have signed in from, as digests. */
export type KnownNetworks = {
  /** Returns whether the person has signed in from that network. One query, by an index. */
  isKnown(person: { readonly id: string } | { readonly email: string }, digest: string): Promise<boolean>
  /** Records a sign-in, and keeps the person's 20 latest networks. Two queries. */
  remember(personId: string, digest: string, at: Date): Promise<void>
}

const maxNetworksPerPerson = 20

export function openKnownNetworks(prisma: PrismaClient): KnownNetworks {
  return {
    async isKnown(person, digest) {
      return (await prisma.knownNetwork.count({ where: { digest, user: person } })) > 0
    },
    async remember(userId, digest, lastSignInAt) {
      const row = { userId, digest, lastSignInAt }
      await prisma.knownNetwork.upsert({ where: { userId_digest: { userId, digest } }, create: row, update: { lastSignInAt } })
      await prisma.$executeRaw`
        DELETE FROM known_networks WHERE user_id = ${userId} AND digest NOT IN (
          SELECT digest FROM known_networks WHERE user_id = ${userId} ORDER BY last_sign_in_at DESC, digest LIMIT ${maxNetworksPerPerson})`
    },
  }
}
