import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Database } from './database.ts'
import { Prisma, type PrismaClient } from './generated/client.ts'

/** A row of a table, as JSON. */
export type Row = { readonly table: string; readonly row: string }

/** A process that was asked, and the epoch in which it has the story in memory; null if it hasn't. */
export type AskedProcess = { readonly process: string; readonly epoch: number | null }

/** What it takes to be sure that something was erased. */
export type Erasures = {
  /** Which events of a story were erased, when they had happened, and the number of the event that says so. One query. */
  moments(storyId: string): Promise<{ seq: number; at: Date; by: number }[]>
  /** Every row that the database has of a story, in any table, a part at a time. A query for each 500 rows. */
  rows(storyId: string): AsyncGenerator<Row, void, undefined>
  /** Writes the tables anew that held it, so that the database's files don't hold it any more: see {@link Database.rewrite}. */
  rewrite(): Promise<void>
  /**
   * Asks every process what it has in memory of the story, and waits for their answers, at most so many ms. `expected` is how many
   * processes there are.
   */
  ask(storyId: string, withinMs: number): Promise<{ readonly expected: number; readonly answers: readonly AskedProcess[] }>
  /** Answers what {@link Erasures.ask} asks, as `process`. `epochOf` brings what is in memory up to date first. */
  answerAsked(process: string, epochOf: (storyId: string) => Promise<number | null>): Promise<() => Promise<void>>
}

/** The tables that have anything of a story, and the column that says of which. */
const tables = {
  stories: 'id',
  events: 'story_id',
  updates: 'story_id',
  claims: 'story_id',
  questions: 'story_id',
  receipts: 'story_id',
  notes: 'story_id',
  unsent_texts: 'story_id',
  audit_entries: 'story_id',
} as const

const batch = 500

const channel = 'staytuned_erasure'

/** A question to all processes, and the answer of one. */
const message = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('question'), id: z.string(), storyId: z.string() }),
  z.object({ kind: z.literal('answer'), id: z.string(), process: z.string(), epoch: z.number().nullable() }),
])
type Message = z.infer<typeof message>

export function openErasures(prisma: PrismaClient, database: Database): Erasures {
  const say = (said: Message) => prisma.$executeRaw`SELECT pg_notify(${channel}, ${JSON.stringify(said)})`
  const listen = (onMessage: (said: Message) => void) => database.listen(channel, (payload) => onMessage(message.parse(JSON.parse(payload))))
  return {
    moments: (storyId) => prisma.$queryRaw`
      SELECT seq, at, (payload ->> 'erased')::int AS by FROM events
      WHERE story_id = ${storyId}::uuid AND payload -> 'erased' IS NOT NULL ORDER BY seq`,
    async *rows(storyId) {
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
    rewrite: () => database.rewrite([...Object.keys(tables), 'media']),
    async ask(storyId, withinMs) {
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
        await say({ kind: 'question', id, storyId })
        await answered
        return { expected, answers }
      } finally {
        clearTimeout(timer)
        await stop()
      }
    },
    answerAsked: (process, epochOf) =>
      listen((said) => {
        if (said.kind !== 'question') return
        // One that can't answer is missing from the answers, and that is what is then said of it.
        void epochOf(said.storyId)
          .then((epoch) => say({ kind: 'answer', id: said.id, process, epoch }))
          .catch(() => {})
      }),
  }
}
