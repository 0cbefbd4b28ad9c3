import { validate as isUuid } from 'uuid'
import type { UnsentChange, UnsentText } from '#lib/story/unsent.ts'
import type { PrismaClient } from './generated/client.ts'

/** So many browsers of one person keep a text in one story; the copy that was saved longest ago makes room. */
const mostDevices = 10

/** What people have typed and sent nowhere. Each method is one query unless it says otherwise. */
export type Unsent = {
  /** One person's in one story, newest first. */
  list(storyId: string, personId: string): Promise<UnsentText[]>
  /**
   * Puts a browser's text in place of what was kept of it. If that was the same text, and taken to another browser, answers which.
   * Two queries in a transaction, three with a source.
   */
  keep(storyId: string, personId: string, device: string, change: UnsentChange, at: Date): Promise<string | null>
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
        // The same text again isn't typed anew: a text that was taken elsewhere stays so.
        const rows = await transaction.$queryRaw<{ movedTo: string | null }[]>`
          INSERT INTO unsent_texts (story_id, person_id, device, text, saved_at)
          VALUES (${storyId}::uuid, ${personId}, ${device}::uuid, ${JSON.stringify(text)}::jsonb, ${at}::timestamp)
          ON CONFLICT (story_id, person_id, device) DO UPDATE SET text = EXCLUDED.text, saved_at = EXCLUDED.saved_at,
            moved_to = CASE WHEN unsent_texts.text = EXCLUDED.text AND ${movedFrom === undefined} THEN unsent_texts.moved_to END
          RETURNING moved_to AS "movedTo"`
        if (movedFrom && movedFrom.device !== device) {
          const source = { storyId, personId, device: movedFrom.device, savedAt: new Date(movedFrom.savedAt) }
          await transaction.unsentText.updateMany({ where: source, data: { movedTo: device } })
        }
        await transaction.$executeRaw`
          DELETE FROM unsent_texts WHERE story_id = ${storyId}::uuid AND person_id = ${personId} AND device IN (
            SELECT device FROM unsent_texts WHERE story_id = ${storyId}::uuid AND person_id = ${personId}
            ORDER BY saved_at DESC OFFSET ${mostDevices})`
        return rows[0]?.movedTo ?? null
      }),
    async drop(storyId, personId, device) {
      if (isUuid(device)) await prisma.unsentText.deleteMany({ where: { storyId, personId, device } })
    },
    async forget(before) {
      await prisma.unsentText.deleteMany({ where: { savedAt: { lt: before } } })
    },
  }
}
