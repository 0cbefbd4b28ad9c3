import { type AuditNote, writeNote } from './audit-note.ts'
import type { PrismaClient } from './generated/client.ts'

/** A picture that was uploaded. `type` is the media type of the file that is kept, `width` and `height` are its pixels. */
export type PictureRecord = {
  readonly id: string
  readonly type: string
  readonly width: number
  readonly height: number
  readonly bytes: number
  readonly credit: string | null
  readonly alt: string
  readonly uploadedBy: string
  readonly createdAt: Date
}

/** What is known of the pictures that were uploaded; their files are the media layer's. */
export type Pictures = {
  /** With its entry in the audit log, or not at all. Two queries. */
  add(picture: PictureRecord, note: AuditNote): Promise<void>
  /** Size and credit of those that are there, by id: one query. */
  facts(ids: readonly string[]): Promise<Map<string, Pick<PictureRecord, 'credit' | 'width' | 'height'>>>
}

export function openPictures(prisma: PrismaClient): Pictures {
  return {
    async add(picture, note) {
      await prisma.$transaction(async (transaction) => {
        await transaction.media.create({ data: picture })
        await writeNote(transaction, note)
      })
    },
    async facts(ids) {
      const rows = await prisma.media.findMany({
        where: { id: { in: [...ids] } },
        select: { id: true, credit: true, width: true, height: true },
      })
      return new Map(rows.map(({ id, ...facts }) => [id, facts]))
    },
  }
}
