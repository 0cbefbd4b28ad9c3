import { prismaAdapter } from 'better-auth/adapters/prisma'
import { v7 as uuidv7 } from 'uuid'
import { Prisma, type PrismaClient } from './generated/client.ts'

export type PersonRecord = { readonly id: string; readonly name: string; readonly email: string; readonly role: string; readonly createdAt: string }

export type NewPerson = { readonly name: string; readonly email: string; readonly role: string; readonly passwordHash: string }

/** The people who may sign in. E-mail addresses are kept in small letters. */
export type People = {
  list(): Promise<PersonRecord[]>
  count(): Promise<number>
  /** False if somebody has that address. */
  add(person: NewPerson): Promise<boolean>
  /** Sets a new password and ends every session of that person; false if there's nobody with that address. */
  setPassword(email: string, passwordHash: string): Promise<boolean>
  /** What the accounts library keeps its users and sessions through. */
  readonly adapter: ReturnType<typeof prismaAdapter>
}

/** How the accounts library marks an account that signs in with a password. */
const passwordProvider = 'credential'

export function openPeople(prisma: PrismaClient): People {
  return {
    adapter: prismaAdapter(prisma, { provider: 'postgresql' }),
    async list() {
      const rows = await prisma.user.findMany({ orderBy: { email: 'asc' } })
      return rows.map(({ id, name, email, role, createdAt }) => ({ id, name, email, role, createdAt: createdAt.toISOString() }))
    },
    count: () => prisma.user.count(),
    async add({ passwordHash, email, ...person }) {
      const id = uuidv7()
      const account = { id: uuidv7(), accountId: id, providerId: passwordProvider, password: passwordHash }
      try {
        await prisma.user.create({ data: { id, ...person, email: email.toLowerCase(), accounts: { create: account } } })
        return true
      } catch (error) {
        if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002') return false
        throw error
      }
    },
    async setPassword(email, passwordHash) {
      const user = { email: email.toLowerCase() }
      const [changed] = await prisma.$transaction([
        prisma.account.updateMany({ where: { user, providerId: passwordProvider }, data: { password: passwordHash } }),
        prisma.session.deleteMany({ where: { user } }),
      ])
      return changed.count > 0
    },
  }
}
