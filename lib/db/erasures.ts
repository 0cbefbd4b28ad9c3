import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Database } from './database.ts'
import { Prisma, type PrismaClient } from './generated/client.ts'
import { readNotice } from './notice.ts'

/** A row of a table, as JSON. */
export type Row = { readonly table: string; readonly row: string }

/** A process that was asked, and the epoch in which it has the story in memory; null if it hasn't. */
export type AskedProcess = { readonly process: string; readonly epoch: number | null }

/** What it takes to be sure that something was erased. */
export type Erasures = {
  /** Which events of a story were erased, when they had happened, and the number of the event that says so. One query. */
  moments(storyId: string): Promise<{ seq: number; at: Date; by: number }[]>
  /** The claims and questions of a story that can't be seen on its desk, having been withdrawn, and those that ever named an update. One query. */
  facts(storyId: string): Promise<ErasableFact[]>
  /** Every row that the database has of a story or says of these pictures, in any table, a part at a time. A query for each 500 rows. */
  rows(storyId: string, pictureIds: readonly string[]): AsyncGenerator<Row, void, undefined>
  /**
   * Writes the tables anew from which something was erased and not yet from the database's files: see {@link Database.rewrite}. One query
   * if there's none.
   */
  rewrite(): Promise<void>
  /**
   * Tells every process that these pictures are gone, asks what it has in memory of the story, and waits for their answers, at most so
   * many ms. `expected` is how many processes there are.
   */
  ask(
    storyId: string,
    pictureIds: readonly string[],
    withinMs: number,
  ): Promise<{ readonly expected: number; readonly answers: readonly AskedProcess[] }>
  /** Answers what {@link Erasures.ask} asks, as `process`: with the epoch that it has, once that is up to date and the pictures are deleted. */
  answerAsked(process: string, forget: (storyId: string, pictureIds: readonly string[]) => Promise<number | null>): Promise<() => Promise<void>>
}

/** A claim or a question that is in the log: what it said last, and which updates it has ever named. */
export type ErasableFact = {
  readonly kind: 'claim' | 'question'
  readonly id: string
  readonly title: string
  readonly updates: readonly string[]
  readonly isWithdrawn: boolean
}

/** The tables that have anything of a story, and the column that says of which. */
const tables = {
  stories: 'id',
  events: 'story_id',
  updates: 'story_id',
  claims: 'story_id',
  questions: 'story_id',
  receipts: 'story_id',
  opening_receipts: 'story_id',
  notes: 'story_id',
  unsent_texts: 'story_id',
  audit_entries: 'story_id',
} as const

const batch = 500

const channel = 'staytuned_erasure'

/** In one notice, which PostgreSQL lets have 8000 bytes. */
const mostPictures = 150

/** A question to all processes, and the answer of one. */
const message = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('question'), id: z.string(), storyId: z.string(), pictures: z.array(z.string()) }),
  z.object({ kind: z.literal('answer'), id: z.string(), process: z.string(), epoch: z.number().nullable() }),
])
type Message = z.infer<typeof message>

export function openErasures(prisma: PrismaClient, database: Database): Erasures {
  const say = (said: Message) => prisma.$executeRaw`SELECT pg_notify(${channel}, ${JSON.stringify(said)})`
  const listen = (onMessage: (said: Message) => void) =>
    database.listen(channel, (payload) => {
      const heard = message.safeParse(readNotice(payload))
      if (heard.success) onMessage(heard.data)
    })
  return {
    moments: (storyId) => prisma.$queryRaw`
      SELECT seq, at, (payload ->> 'erased')::int AS by FROM events
      WHERE story_id = ${storyId}::uuid AND payload -> 'erased' IS NOT NULL ORDER BY seq`,
    facts: (storyId) => prisma.$queryRaw`
      SELECT split_part(type, '.', 1) AS kind, id, (array_agg(title ORDER BY seq DESC))[1] AS title, bool_or(withdrawal IS NOT NULL) AS "isWithdrawn",
             coalesce((SELECT array_agg(DISTINCT named) FROM unnest(string_to_array(string_agg(links, ','), ',')) AS named WHERE named <> ''), '{}') AS updates
      FROM (
        SELECT type, seq, coalesce(payload #>> '{claim,id}', payload #>> '{question,id}') AS id,
               coalesce(payload #>> '{claim,statement}', payload #>> '{question,text}') AS title,
               coalesce(payload #>> '{claim,withdrawal,at}', payload #>> '{question,withdrawal,at}') AS withdrawal,
               (SELECT coalesce(string_agg(link #>> '{}', ','), '') FROM jsonb_path_query(payload, 'strict $.**.updates[*]') AS link) AS links
        FROM events WHERE story_id = ${storyId}::uuid AND (type LIKE 'claim.%' OR type LIKE 'question.%') AND payload -> 'erased' IS NULL) told
      GROUP BY 1, 2 ORDER BY min(seq)`,
    async *rows(storyId, pictureIds) {
      const ofPictures = await prisma.$queryRaw<Row[]>`
        SELECT 'media' AS table, to_jsonb(m)::text AS row FROM media m WHERE id = ANY(${pictureIds}::uuid[]) UNION ALL
        SELECT 'audit_entries', to_jsonb(a)::text FROM audit_entries a WHERE subject_type = 'picture' AND subject_id = ANY(${pictureIds}::text[])`
      yield* ofPictures
      for (const [table, column] of Object.entries(tables)) {
        for (let offset = 0; ; offset += batch) {
          // The names are those above.
          const rows = await prisma.$queryRaw<{ row: string }[]>`
            SELECT to_jsonb(t)::text AS row FROM ${Prisma.raw(table)} t WHERE ${Prisma.raw(column)} = ${storyId}::uuid
            ORDER BY ctid LIMIT ${batch} OFFSET ${offset}`
          for (const { row } of rows) yield { table, row }
          if (rows.length < batch) break
        }
      }
    },
    async rewrite() {
      const due = await prisma.story.findMany({ where: { rewriteDue: true }, select: { id: true } })
      if (due.length === 0) return
      await database.rewrite([...Object.keys(tables), 'media'])
      await prisma.story.updateMany({ where: { id: { in: due.map(({ id }) => id) } }, data: { rewriteDue: false } })
    },
    async ask(storyId, pictureIds, withinMs) {
      const id = randomUUID()
      const answers: AskedProcess[] = []
      const expected = await database.processes()
      let resolve = () => {}
      const answered = new Promise<void>((done) => {
        resolve = done
      })
      const stop = await listen((said) => {
        if (said.kind !== 'answer' || said.id !== id) return
        answers.push({ process: said.process, epoch: said.epoch })
        if (answers.length >= expected) resolve()
      })
      const timer = setTimeout(resolve, withinMs)
      try {
        for (let first = mostPictures; first < pictureIds.length; first += mostPictures) {
          await say({ kind: 'question', id: randomUUID(), storyId, pictures: pictureIds.slice(first, first + mostPictures) })
        }
        // Heard in the order in which they are said.
        await say({ kind: 'question', id, storyId, pictures: pictureIds.slice(0, mostPictures) })
        await answered
        return { expected, answers }
      } finally {
        clearTimeout(timer)
        await stop()
      }
    },
    answerAsked: (process, forget) => {
      let turn = Promise.resolve()
      return listen((said) => {
        if (said.kind !== 'question') return
        // One that can't answer is missing from the answers, and that is what is then said of it.
        turn = turn
          .then(() => forget(said.storyId, said.pictures))
          .then((epoch) => say({ kind: 'answer', id: said.id, process, epoch }))
          .then(() => {})
          .catch(() => {})
      })
    },
  }
}
