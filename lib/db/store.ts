import { validate as isUuid } from 'uuid'
import type { LogEntry } from '#lib/story/chain.ts'
import type { WithdrawnUpdate } from '#lib/story/desk.ts'
import type { Draft } from '#lib/story/draft.ts'
import type { StoryEvent } from '#lib/story/event.ts'
import type { KeptPicture } from '#lib/story/kept-picture.ts'
import type { Note } from '#lib/story/note.ts'
import type { Revision } from '#lib/story/revision.ts'
import { type Story, slug as slugSchema } from '#lib/story/story.ts'
import type { StorySettings } from '#lib/story/story-settings.ts'
import type { Update } from '#lib/story/update.ts'
import { type AccessChange, accessChannel, readAccess } from './access-notices.ts'
import { type Audit, openAudit } from './audit.ts'
import type { Database } from './database.ts'
import { endedChannel, readEnd, type SessionEnd } from './ended-sessions.ts'
import { type Erasures, openErasures } from './erasures.ts'
import { PrismaClient } from './generated/client.ts'
import { importStory } from './import-story.ts'
import { linkOldEvents } from './link-events.ts'
import { type Measure, measuredAdapter } from './measured-adapter.ts'
import { applyMigrations } from './migrations.ts'
import { type Overview, openOverview } from './overview.ts'
import { openPast, type Past } from './past.ts'
import { openPeople, type People } from './people.ts'
import { openPictures, type Pictures } from './pictures.ts'
import { openReach, type Reach } from './reach.ts'
import { openRetention, type Retention } from './retention.ts'
import {
  type DueDraft,
  draftOf,
  publicUpdate,
  type RevisionRow,
  revisionOf,
  type StoredStory,
  type StoredUpdate,
  storedStory,
  storedUpdate,
  storyEvent,
  withdrawnUpdate,
} from './rows.ts'
import { deskChannel, noticeChannel, openStory, type Signature, type StoryLog, type StoryOpening, writeStory } from './story-log.ts'
import { openStoryPeople, type StoryPeople } from './story-people.ts'
import { openUnsent, type Unsent } from './unsent.ts'

/** The channel on which processes say who is at their desks. */
const presenceChannel = 'staytuned_presence'

/** Where a story's log stands. */
export type LogPosition = { readonly storyId: string; readonly epoch: number; readonly head: number }

export type TimelineOptions = {
  readonly before?: number | undefined
  readonly after?: number | undefined
  readonly onlyKey?: boolean
  readonly limit: number
}

/** What is kept, and every question that may be asked of it. Each method is one query unless it says otherwise. */
export type Store = {
  readonly kind: Database['kind']
  readonly people: People
  readonly audit: Audit
  readonly erasures: Erasures
  readonly overview: Overview
  readonly past: Past
  readonly pictures: Pictures
  readonly storyPeople: StoryPeople
  readonly reach: Reach
  readonly retention: Retention
  readonly unsent: Unsent

  /** Runs `work` on the locked log of the story in one transaction; null if there's no such story. */
  writeStory<Answer>(slug: string, work: (log: StoryLog) => Promise<Answer>): Promise<Answer | null>
  /** Makes the story with its first event; null if another has its slug. */
  openStory<Answer>(
    story: Story,
    settings: StorySettings,
    signature: Signature,
    work: (opening: StoryOpening) => Promise<Answer>,
  ): Promise<Answer | null>

  /** Takes in a story that was written elsewhere: lib/db/import-story.ts. False if there's one with its id or its address. */
  importStory(log: readonly LogEntry[], pictures: readonly KeptPicture[], at: Date): Promise<boolean>
  /** Whether there's a story with that id, or with that address. */
  isStoryKnown(id: string, slug: string): Promise<boolean>

  story(slug: string): Promise<StoredStory | null>
  /** Newest activity first, at most `limit`: those that readers' lists have, or with drafts and the archive all there are. */
  stories(options: { limit: number; isForReaders: boolean }): Promise<StoredStory[]>
  /** The addresses of stories that are to close by themselves, nothing having happened in them for as long as was set, and nothing being due. */
  quietStories(now: Date): Promise<string[]>
  /**
   * At most `limit` published and withdrawn updates, newest first: those next below number `before`, or next above number
   * `after`, or the newest.
   */
  timeline(storyId: string, options: TimelineOptions): Promise<Update[]>
  update(storyId: string, updateId: string): Promise<StoredUpdate | null>
  /** The number of the first update that was published then or later, and when that was; null if there's none. */
  firstSince(storyId: string, at: Date): Promise<{ readonly seq: number; readonly at: string } | null>
  /** Newest first; of everybody, or of one author. */
  drafts(storyId: string, authorId?: string): Promise<Draft[]>
  /** At most `limit`, those first that were withdrawn last. */
  withdrawn(storyId: string, limit: number): Promise<WithdrawnUpdate[]>
  /** What somebody published last, if it still stands. */
  latestOf(storyId: string, authorId: string): Promise<Update | null>
  /** At most `limit`, newest first. */
  notes(storyId: string, limit: number): Promise<Note[]>
  /** Drafts of any story whose time has come at `now`, the longest due first. */
  dueDrafts(now: Date): Promise<DueDraft[]>
  /** At most `limit` events after number `after`, in order. */
  eventsAfter(storyId: string, after: number, limit: number): Promise<StoryEvent[]>
  /** The same as they are handed out, with what links them. */
  logAfter(storyId: string, after: number, limit: number): Promise<LogEntry[]>
  /** All versions of an update, newest first. Two queries. */
  revisions(storyId: string, updateId: string): Promise<Revision[]>
  /** All versions of those updates that were changed after number `after`, without being withdrawn, in order: of the last `limit` changes. */
  changedVersions(storyId: string, after: number, limit: number): Promise<StoryEvent[]>
  /** Those of the ids that are of updates that were withdrawn. */
  withdrawnAmong(ids: readonly string[]): Promise<ReadonlySet<string>>
  /** Where the logs of these stories stand now. */
  positions(storyIds: readonly string[]): Promise<LogPosition[]>
  /** Calls back after each commit that appended to a log; may miss some, so look at {@link Store.positions} as well. */
  onAppend(notice: (storyId: string, seq: number) => void): Promise<() => Promise<void>>
  /** Calls back after each commit by which this process appended to a log, before whoever asked for it is answered. Answers how to stop. */
  onOwnAppend(notice: (storyId: string) => void): () => void
  /** Calls back with a story's id after each commit that wrote anything in it, for readers or for the newsroom; may miss some. */
  onDesk(notice: (storyId: string) => void): Promise<() => Promise<void>>
  /** Says something of open desks to all processes, this one too, in at most 8000 bytes. Nothing of it is kept. */
  sayDesks(payload: string): Promise<void>
  onDesksSaid(notice: (payload: string) => void): Promise<() => Promise<void>>
  /** Calls back with the mark of each session that has ended, in whichever process it was; may miss some. */
  onSessionEnded(notice: (end: { how: SessionEnd; mark: string }) => void): Promise<() => Promise<void>>
  /** Calls back with each change of what a person may do, in whichever process it was made; may miss some. */
  onAccessChanged(notice: (change: AccessChange) => void): Promise<() => Promise<void>>
  /** Throws if the database doesn't answer. */
  ping(): Promise<void>
  close(): Promise<void>
}

/** Brings the database up to date with the migrations in that folder, and opens the store on it; `measure` is told how long it takes. */
export async function openStore(database: Database, migrations: string, measure: Measure = () => {}): Promise<Store> {
  await applyMigrations(database, migrations)
  const prisma = new PrismaClient({ adapter: measuredAdapter(database.adapter, measure) })
  await linkOldEvents(prisma)
  return storeOf(database, prisma)
}

/** Opens the store on a database as it is. */
export function storeOn(database: Database): Store {
  return storeOf(database, new PrismaClient({ adapter: database.adapter }))
}

function storeOf(database: Database, prisma: PrismaClient): Store {
  const ownListeners = new Set<(storyId: string) => void>()
  const appended = (storyId: string) => {
    for (const listener of ownListeners) listener(storyId)
  }
  return {
    kind: database.kind,
    people: openPeople(prisma),
    audit: openAudit(prisma),
    erasures: openErasures(prisma, database),
    overview: openOverview(prisma),
    past: openPast(prisma),
    pictures: openPictures(prisma),
    storyPeople: openStoryPeople(prisma),
    reach: openReach(prisma),
    retention: openRetention(prisma),
    unsent: openUnsent(prisma),
    writeStory: (slug, work) => writeStory(prisma, slug, work, appended),
    openStory: (story, settings, signature, work) => openStory(prisma, story, settings, signature, work, appended),
    importStory: (log, pictures, at) => importStory(prisma, log, pictures, at),
    async isStoryKnown(id, slug) {
      return (await prisma.story.count({ where: { OR: [{ id }, { slug }] } })) > 0
    },
    async story(slug) {
      // No address that somebody has made up gets as far as the database.
      if (!slugSchema.safeParse(slug).success) return null
      const row = await prisma.story.findUnique({ where: { slug } })
      return row && storedStory(row)
    },
    async stories({ limit, isForReaders }) {
      const rows = await prisma.story.findMany({
        ...(isForReaders ? { where: { status: { not: 'draft' }, archived: false } } : {}),
        orderBy: { updatedAt: 'desc' },
        take: limit,
      })
      return rows.map(storedStory)
    },
    async quietStories(now) {
      const rows = await prisma.$queryRaw<{ slug: string }[]>`
        SELECT slug FROM stories
        WHERE auto_close_days IS NOT NULL AND status IN ('developing', 'paused') AND updated_at + make_interval(days => auto_close_days) <= ${now}
          AND NOT EXISTS (SELECT 1 FROM updates WHERE story_id = stories.id AND status = 'draft' AND publish_at IS NOT NULL)`
      return rows.map(({ slug }) => slug)
    },
    async timeline(storyId, { before, after, onlyKey = false, limit }) {
      const seq = after !== undefined ? { gt: after } : before !== undefined ? { lt: before } : { not: null }
      const where = { storyId, seq, ...(onlyKey ? { key: true } : {}) }
      const rows = await prisma.update.findMany({ where, orderBy: { seq: after === undefined ? 'desc' : 'asc' }, take: limit })
      const updates = rows.flatMap((row) => publicUpdate(row) ?? [])
      return after === undefined ? updates : updates.reverse()
    },
    async update(storyId, updateId) {
      if (!isUuid(updateId)) return null
      const row = await prisma.update.findFirst({ where: { id: updateId, storyId } })
      return row && storedUpdate(row)
    },
    async firstSince(storyId, at) {
      const row = await prisma.update.findFirst({
        where: { storyId, seq: { not: null }, publishedAt: { gte: at } },
        orderBy: { seq: 'asc' },
        select: { seq: true, publishedAt: true },
      })
      return row?.seq && row.publishedAt ? { seq: row.seq, at: row.publishedAt.toISOString() } : null
    },
    async drafts(storyId, authorId) {
      const where = { storyId, status: 'draft' as const, ...(authorId === undefined ? {} : { authorId }) }
      return (await prisma.update.findMany({ where, orderBy: { createdAt: 'desc' } })).map(draftOf)
    },
    async withdrawn(storyId, limit) {
      const rows = await prisma.update.findMany({ where: { storyId, status: 'withdrawn' }, orderBy: { withdrawnAt: 'desc' }, take: limit })
      return rows.flatMap((row) => withdrawnUpdate(row) ?? [])
    },
    async latestOf(storyId, authorId) {
      const row = await prisma.update.findFirst({ where: { storyId, authorId, status: 'published' }, orderBy: { seq: 'desc' } })
      return row && publicUpdate(row)
    },
    async notes(storyId, limit) {
      const rows = await prisma.note.findMany({ where: { storyId }, orderBy: [{ at: 'desc' }, { id: 'desc' }], take: limit })
      return rows.map(({ id, authorId, authorName, text, at }) => ({ id, author: authorName, authorId, at: at.toISOString(), text }))
    },
    async dueDrafts(now) {
      const rows = await prisma.update.findMany({
        where: { status: 'draft', publishAt: { lte: now } },
        orderBy: { publishAt: 'asc' },
        select: { id: true, authorId: true, scheduledBy: true, story: { select: { slug: true } } },
      })
      return rows.map(({ id, authorId, scheduledBy, story }) => ({ slug: story.slug, updateId: id, authorId, scheduledBy }))
    },
    async eventsAfter(storyId, after, limit) {
      const rows = await prisma.event.findMany({
        where: { storyId, seq: { gt: after } },
        orderBy: { seq: 'asc' },
        take: limit,
        select: { seq: true, at: true, type: true, payload: true },
      })
      return rows.map(storyEvent)
    },
    async logAfter(storyId, after, limit) {
      const rows = await prisma.event.findMany({ where: { storyId, seq: { gt: after } }, orderBy: { seq: 'asc' }, take: limit })
      return rows.map(({ seq, at, type, payload, salt, payloadHash, hash }) => {
        return { seq, at: at.toISOString(), type, payload, salt, payloadHash: payloadHash ?? '', hash: hash ?? '' }
      })
    },
    async revisions(storyId, updateId) {
      const rows = await prisma.$queryRaw<RevisionRow[]>`
        SELECT seq, at, type, payload, actor_id AS "actorId" FROM events
        WHERE story_id = ${storyId}::uuid AND payload #>> '{update,id}' = ${updateId} AND type NOT IN ('update.pinned', 'update.unpinned')
        ORDER BY seq DESC`
      const people = await prisma.user.findMany({ where: { id: { in: rows.map((row) => row.actorId) } }, select: { id: true, name: true } })
      return rows.map((row) => revisionOf(row, people.find(({ id }) => id === row.actorId)?.name ?? null))
    },
    async changedVersions(storyId, after, limit) {
      const rows = await prisma.$queryRaw<RevisionRow[]>`
        SELECT seq, at, type, payload, actor_id AS "actorId" FROM events
        WHERE story_id = ${storyId}::uuid AND type IN ('update.published', 'update.revised', 'update.corrected') AND payload #>> '{update,id}' IN (
          SELECT payload #>> '{update,id}' FROM events
          WHERE story_id = ${storyId}::uuid AND type IN ('update.corrected', 'update.revised') AND seq > ${after} ORDER BY seq DESC LIMIT ${limit})
        ORDER BY seq`
      return rows.map(storyEvent)
    },
    async withdrawnAmong(ids) {
      const rows = await prisma.update.findMany({ where: { id: { in: [...new Set(ids)] }, status: 'withdrawn' }, select: { id: true } })
      return new Set(rows.map(({ id }) => id))
    },
    async positions(storyIds) {
      const rows = await prisma.story.findMany({ where: { id: { in: [...storyIds] } }, select: { id: true, epoch: true, head: true } })
      return rows.map(({ id, epoch, head }) => ({ storyId: id, epoch, head }))
    },
    onAppend: (notice) =>
      database.listen(noticeChannel, (payload) => {
        const [storyId, seq] = payload.split(':')
        if (storyId) notice(storyId, Number(seq))
      }),
    onOwnAppend(notice) {
      ownListeners.add(notice)
      return () => void ownListeners.delete(notice)
    },
    onDesk: (notice) => database.listen(deskChannel, notice),
    async sayDesks(payload) {
      await prisma.$executeRaw`SELECT pg_notify(${presenceChannel}, ${payload})`
    },
    onDesksSaid: (notice) => database.listen(presenceChannel, notice),
    onSessionEnded: (notice) => database.listen(endedChannel, (payload) => notice(readEnd(payload))),
    onAccessChanged: (notice) => database.listen(accessChannel, (payload) => notice(readAccess(payload))),
    async ping() {
      await prisma.$queryRaw`SELECT 1`
    },
    async close() {
      await prisma.$disconnect()
      await database.close()
    },
  }
}
