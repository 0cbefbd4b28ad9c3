import type { PictureFacts } from '#lib/story/body-pictures.ts'
import type { KeptPicture, PictureChanges } from '#lib/story/kept-picture.ts'
import { picturePath } from '#lib/story/picture.ts'
import { type AuditNote, writeNote } from './audit-note.ts'
import type { Media, PrismaClient } from './generated/client.ts'

/** A picture as it is added. `type` is the media type of the file that is kept, `width` and `height` are its pixels. */
export type NewPictureRecord = Omit<KeptPicture, 'src' | 'uploadedAt'> & { readonly uploadedBy: string; readonly createdAt: Date }

export type StoredPicture = { readonly picture: KeptPicture; readonly uploadedBy: string }

/** What is known of the pictures that were uploaded; their files are the media layer's. Each method is one query unless it says otherwise. */
export type Pictures = {
  /** With its entry in the audit log, or not at all: two queries. */
  add(picture: NewPictureRecord, note: AuditNote): Promise<void>
  /** What an update is told of those that are there, by id. */
  facts(ids: readonly string[]): Promise<Map<string, PictureFacts>>
  picture(id: string): Promise<StoredPicture | null>
  /**
   * At most `limit` of which each word is said, of everybody or `by` one person, newest first, from the next older than `before` on. Goes back by the primary
   * key and reads what is said of each, without an index on the words.
   */
  newest(options: { words: readonly string[]; by?: string | undefined; before?: string | undefined; limit: number }): Promise<KeptPicture[]>
  /** Changes what is said of it, and answers it as it is then; it must be there. */
  describe(id: string, changes: PictureChanges, note: AuditNote | null): Promise<KeptPicture>
  /** Those that were erased and whose files may still be there. */
  erased(): Promise<string[]>
  /** Nothing is left of that one. */
  forget(id: string): Promise<void>
}

export function openPictures(prisma: PrismaClient): Pictures {
  return {
    async add({ focus, ...picture }, note) {
      await prisma.$transaction(async (transaction) => {
        await transaction.media.create({ data: { ...picture, focusX: focus?.x ?? null, focusY: focus?.y ?? null } })
        await writeNote(transaction, note)
      })
    },
    async facts(ids) {
      const rows = await prisma.media.findMany({ where: { id: { in: [...ids] }, erasedAt: null } })
      return new Map(rows.map((row) => [row.id, factsOf(row)]))
    },
    async picture(id) {
      const row = await prisma.media.findUnique({ where: { id, erasedAt: null } })
      return row && { picture: keptPicture(row), uploadedBy: row.uploadedBy }
    },
    async newest({ words, by, before, limit }) {
      const rows = await prisma.media.findMany({
        where: {
          AND: words.map(saidOf),
          erasedAt: null,
          ...(by === undefined ? {} : { uploadedBy: by }),
          ...(before === undefined ? {} : { id: { lt: before } }),
        },
        orderBy: { id: 'desc' },
        take: limit,
      })
      return rows.map(keptPicture)
    },
    async describe(id, { alt, credit, focus }, note) {
      const data = {
        ...(alt === undefined ? {} : { alt }),
        ...(credit === undefined ? {} : { credit }),
        ...(focus === undefined ? {} : { focusX: focus?.x ?? null, focusY: focus?.y ?? null }),
      }
      return prisma.$transaction(async (transaction) => {
        if (note) await writeNote(transaction, note)
        return keptPicture(await transaction.media.update({ where: { id }, data }))
      })
    },
    async erased() {
      return (await prisma.media.findMany({ where: { erasedAt: { not: null } }, select: { id: true } })).map(({ id }) => id)
    },
    async forget(id) {
      await prisma.media.deleteMany({ where: { id, erasedAt: { not: null } } })
    },
  }
}

function keptPicture(row: Media): KeptPicture {
  const { id, type, bytes, name, createdAt } = row
  return { id, src: picturePath(id), type, bytes, name, uploadedAt: createdAt.toISOString(), ...factsOf(row) }
}

function saidOf(word: string) {
  // What stands for any letters in a pattern stands for itself in a word.
  const contains = { contains: word.replace(/[\\%_]/g, '\\$&'), mode: 'insensitive' as const }
  return { OR: [{ alt: contains }, { credit: contains }, { name: contains }] }
}

function factsOf({ alt, credit, focusX, focusY, width, height }: Media): PictureFacts {
  return { alt, credit, focus: focusX === null || focusY === null ? null : { x: focusX, y: focusY }, width, height }
}
