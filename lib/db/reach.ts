import { type Delays, noDelays } from '#lib/story/delays.ts'
import type { PrismaClient } from './generated/client.ts'
import { deskChannel } from './story-log.ts'

/** What one process knows of how a published update reached its readers. */
export type Delivery = {
  readonly storyId: string
  readonly seq: number
  readonly readers: number
  readonly asked: number
  readonly confirmed: number
  readonly delays: Delays
}

/** So many readers of a story. */
export type Readers = { readonly storyId: string; readonly readers: number }

/** What processes say of their readers. Each method is one query. */
export type Reach = {
  /** Writes what a process knows by now in place of what it knew before, and tells the desks. */
  tell(process: string, deliveries: readonly Delivery[]): Promise<void>
  /** What each process knows of these updates. */
  deliveries(storyId: string, seqs: readonly number[]): Promise<Delivery[]>
  /** Writes how many readers a process has in that minute, and answers how many the others had last, if that was at `since` or later. */
  sample(process: string, minute: Date, here: readonly Readers[], since: Date): Promise<Readers[]>
  /** How many readers all processes had together, by the minute, from `since` to before `until`, in order. */
  audience(storyId: string, since: Date, until: Date): Promise<{ minute: Date; readers: number }[]>
  /** Removes the samples from before that. */
  forgetSamples(before: Date): Promise<void>
}

export function openReach(prisma: PrismaClient): Reach {
  return {
    async tell(process, deliveries) {
      const rows = deliveries.map(({ storyId, ...delivery }) => ({ story_id: storyId, process, ...delivery }))
      await prisma.$executeRaw`
        WITH told AS (
          INSERT INTO deliveries (story_id, seq, process, readers, asked, confirmed, delays)
          SELECT story_id, seq, process, readers, asked, confirmed, delays FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
            AS row (story_id uuid, seq int, process uuid, readers int, asked int, confirmed int, delays jsonb)
          ON CONFLICT (story_id, seq, process) DO UPDATE SET confirmed = EXCLUDED.confirmed, delays = EXCLUDED.delays
          RETURNING story_id)
        SELECT pg_notify(${deskChannel}, story_id::text) FROM told`
    },
    async deliveries(storyId, seqs) {
      const rows = await prisma.delivery.findMany({ where: { storyId, seq: { in: [...seqs] } } })
      return rows.map(({ seq, readers, asked, confirmed, delays }) => ({ storyId, seq, readers, asked, confirmed, delays: readDelays(delays) }))
    },
    sample(process, minute, here, since) {
      const rows = here.map(({ storyId, readers }) => ({ story_id: storyId, readers }))
      return prisma.$queryRaw<Readers[]>`
        WITH here AS (
          SELECT story_id, readers FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS row (story_id uuid, readers int)),
        written AS (
          INSERT INTO audience_samples (story_id, minute, process, readers)
          SELECT story_id, ${minute}::timestamp, ${process}::uuid, readers FROM here
          ON CONFLICT (story_id, minute, process) DO UPDATE SET readers = EXCLUDED.readers),
        elsewhere AS (
          SELECT DISTINCT ON (story_id, process) story_id, readers FROM audience_samples
          WHERE story_id IN (SELECT story_id FROM here) AND process <> ${process}::uuid AND minute >= ${since}
          ORDER BY story_id, process, minute DESC)
        SELECT story_id AS "storyId", sum(readers)::int AS readers FROM elsewhere GROUP BY story_id`
    },
    audience: (storyId, since, until) => prisma.$queryRaw<{ minute: Date; readers: number }[]>`
      SELECT minute, sum(readers)::int AS readers FROM audience_samples
      WHERE story_id = ${storyId}::uuid AND minute >= ${since} AND minute < ${until} GROUP BY minute ORDER BY minute`,
    async forgetSamples(before) {
      await prisma.audienceSample.deleteMany({ where: { minute: { lt: before } } })
    },
  }
}

function readDelays(json: unknown): Delays {
  return Array.isArray(json) ? noDelays.map((_, bucket) => Number(json[bucket] ?? 0)) : noDelays
}
