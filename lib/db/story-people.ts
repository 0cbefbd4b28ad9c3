import { type StoryPerson, type StoryRole, storyRole } from '#lib/story/desk.ts'
import { Prisma, type PrismaClient } from './generated/client.ts'

/** Who may do more in one story than everywhere. Each method is one query. */
export type StoryPeople = {
  /** The role that was given to somebody in the story; null for none. */
  roleIn(slug: string, personId: string): Promise<StoryRole | null>
  /** The stories in which somebody was given a role. */
  storiesOf(personId: string): Promise<string[]>
  /** Everybody, by name, with the role that they were given in the story. */
  list(storyId: string): Promise<StoryPerson[]>
  /** Gives or takes a role; false if there's nobody with that id. */
  give(storyId: string, personId: string, role: StoryRole | null): Promise<boolean>
}

export function openStoryPeople(prisma: PrismaClient): StoryPeople {
  return {
    async roleIn(slug, personId) {
      const row = await prisma.storyPerson.findFirst({ where: { personId, story: { slug } }, select: { role: true } })
      return row && storyRole.parse(row.role)
    },
    async storiesOf(personId) {
      const rows = await prisma.storyPerson.findMany({ where: { personId }, select: { storyId: true } })
      return rows.map(({ storyId }) => storyId)
    },
    async list(storyId) {
      const rows = await prisma.user.findMany({
        orderBy: [{ name: 'asc' }, { email: 'asc' }],
        select: { id: true, name: true, email: true, role: true, stories: { where: { storyId }, select: { role: true } } },
      })
      return rows.map(({ stories: [given], ...person }) => ({ ...person, inStory: given ? storyRole.parse(given.role) : null }))
    },
    async give(storyId, personId, role) {
      if (role === null) {
        await prisma.storyPerson.deleteMany({ where: { storyId, personId } })
        return true
      }
      try {
        await prisma.storyPerson.upsert({
          where: { storyId_personId: { storyId, personId } },
          create: { storyId, personId, role },
          update: { role },
        })
        return true
      } catch (error) {
        // No such person.
        if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2003') return false
        throw error
      }
    },
  }
}
