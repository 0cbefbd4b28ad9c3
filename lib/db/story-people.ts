import { type StoryPerson, type StoryRole, storyRole } from '#lib/story/desk.ts'
import { tellAccess } from './access-notices.ts'
import { type AuditNote, writeNote } from './audit-note.ts'
import type { PrismaClient } from './generated/client.ts'

/** Who may do more in one story than everywhere. Each method is one query unless it says otherwise. */
export type StoryPeople = {
  /** The role that was given to somebody in the story; null for none. */
  roleIn(slug: string, personId: string): Promise<StoryRole | null>
  /** The stories in which somebody was given a role. */
  storiesOf(personId: string): Promise<string[]>
  /** Everybody who may sign in, by name, with the role that they were given in the story. */
  list(storyId: string): Promise<StoryPerson[]>
  /**
   * Gives or takes a role, with its entry in the audit log, or not at all; false if there's nobody with that id. Every process is told as it
   * commits. Four queries.
   */
  give(storyId: string, personId: string, role: StoryRole | null, by: Pick<AuditNote, 'at' | 'actor'>): Promise<boolean>
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
        where: { deactivatedAt: null },
        orderBy: [{ name: 'asc' }, { email: 'asc' }],
        select: { id: true, name: true, role: true, stories: { where: { storyId }, select: { role: true } } },
      })
      return rows.map(({ stories: [given], ...person }) => ({ ...person, inStory: given ? storyRole.parse(given.role) : null }))
    },
    give: (storyId, personId, role, by) =>
      prisma.$transaction(async (transaction) => {
        const person = await transaction.user.findUnique({ where: { id: personId }, select: { name: true } })
        if (!person) return false
        if (role === null) await transaction.storyPerson.deleteMany({ where: { storyId, personId } })
        else {
          const where = { storyId_personId: { storyId, personId } }
          await transaction.storyPerson.upsert({ where, create: { storyId, personId, role }, update: { role } })
        }
        await tellAccess(transaction, { personId, storyId })
        const subject = { type: 'person', id: personId, label: person.name } as const
        await writeNote(transaction, { ...by, action: 'story-role-given', subject, storyId, detail: { role } })
        return true
      }),
  }
}
