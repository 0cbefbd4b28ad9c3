import { validate as isUuid } from 'uuid'
import type { UnsentChange, UnsentText } from '#lib/story/unsent.ts'
import type { Prisma, PrismaClient } from './generated/client.ts'

/** So many browsers of one person keep a text in one story; the copy that was saved longest ago makes room. */
const mostDevices = 10

/** What people have typed and sent nowhere. Each method is one query unless it says otherwise. */
export type Unsent = {
  /** One person's in one story, newest first. */
  list(storyId: string, personId: string): Promise<UnsentText[]>
  /** Puts a browser's text in place of what was kept of it. Up to three queries in a transaction. */
  keep(storyId: string, personId: string, device: string, change: UnsentChange, at: Date): Promise<void>
  drop(storyId: string, personId: string, device: string): Promise<void>
  /** Removes what was saved before that. */
  forget(before: Date): Promise<void>
}

export function openUnsent(prisma: PrismaClient): Unsent {
  return {
    async list(storyId, personId) {
      const rows = await prisma.unsentText.findMany({ where: { storyId, personId }, orderBy: { savedAt: 'desc' } })
      return rows.map(({ device, text, savedAt, movedTo }) => ({
        device,
        text: text as Record<string, unknown>,
        savedAt: savedAt.toISOString(),
        movedTo,
      }))
    },
    keep: (storyId, personId, device, { text, movedFrom }, at) =>
      prisma.$transaction(async (transaction) => {
        const kept = { text: text as Prisma.InputJsonObject, savedAt: at, movedTo: null }
        await transaction.unsentText.upsert({
          where: { storyId_personId_device: { storyId, personId, device } },
          create: { storyId, personId, device, ...kept },
          update: kept,
        })
        const mine = { storyId, personId }
        if (movedFrom && movedFrom !== device) {
          await transaction.unsentText.updateMany({ where: { ...mine, device: movedFrom }, data: { movedTo: device } })
        }
        await transaction.$executeRaw`
          DELETE FROM unsent_texts WHERE story_id = ${storyId}::uuid AND person_id = ${personId} AND device IN (
            SELECT device FROM unsent_texts WHERE story_id = ${storyId}::uuid AND person_id = ${personId}
            ORDER BY saved_at DESC OFFSET ${mostDevices})`
      }),
    async drop(storyId, personId, device) {
      if (isUuid(device)) await prisma.unsentText.deleteMany({ where: { storyId, personId, device } })
    },
    async forget(before) {
      await prisma.unsentText.deleteMany({ where: { savedAt: { lt: before } } })
    },
  }
}
