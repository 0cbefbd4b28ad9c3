import { validate as isUuid } from 'uuid'
import type { Claim } from '#lib/story/claim.ts'
import type { Draft } from '#lib/story/draft.ts'
import type { Change, StoryEvent } from '#lib/story/event.ts'
import type { Note } from '#lib/story/note.ts'
import type { Question } from '#lib/story/question.ts'
import type { Story } from '#lib/story/story.ts'
import type { StorySettings } from '#lib/story/story-settings.ts'
import type { Update } from '#lib/story/update.ts'
import { type AuditNote, writeNote } from './audit-note.ts'
import { type Erasable, type Erased, eraseHistory } from './erase-history.ts'
import { Prisma, type PrismaClient } from './generated/client.ts'
import { linkAfter, linkEvent } from './link-events.ts'
import { openingReceipts, type Receipts } from './receipts.ts'
import { type StoredStory, type StoredUpdate, type StoryFields, storedClaim, storedQuestion, storedStory, storedUpdate } from './rows.ts'

/** Who did it: the id is kept, the name is what readers see. */
export type Author = { readonly id: string; readonly name: string }

/** What an append is signed and filed with. */
export type Signature = { readonly at: Date; readonly author: Author; readonly idempotencyKey?: string | undefined }

/**
 * One story's log with its row locked: nobody else can write to the story until the transaction ends, so the order of the
 * numbers is the order of the commits. Everything written here becomes durable together or not at all.
 */
export type StoryLog = Receipts & {
  /** The story as it is now, with what has been appended in this transaction. */
  readonly now: StoredStory
  /** The number that the next event will have. */
  readonly next: number
  /**
   * The moment of what is written now: what the clock says, or when the last event was if that is later. The clocks of two machines are
   * apart, and one may be set; in a log time doesn't go back.
   */
  at(clock: Date): Date
  /** Writes the event and the state it leads to, and tells whoever listens. Three queries, four for an update, a claim or a question. */
  append(change: Change, signature: Signature): Promise<StoryEvent>
  /** The update or draft of this story with that id. One query. */
  update(id: string): Promise<StoredUpdate | null>
  /** The claim of this story with that id, if it is on the list. One query. */
  claim(id: string): Promise<Claim | null>
  question(id: string): Promise<Question | null>
  /** All that are on the list. One query. */
  claims(): Promise<Claim[]>
  questions(): Promise<Question[]>
  /** How many claims, or questions, the list has. */
  count(kind: 'claim' | 'question'): Promise<number>
  /** Those of the ids that are none of an update that readers have been given. One query. */
  unknownUpdates(ids: readonly string[]): Promise<string[]>
  /**
   * Takes what is named out of the log and out of all that was kept beside it, begins another epoch, and writes the event that accounts
   * for it. Null, and nothing is done, if one of the things isn't there.
   */
  erase(what: Erasable, signature: Signature): Promise<(Erased & { readonly seq: number }) | null>
  /** Writes what is no event: a draft, which nobody but the newsroom sees. Two queries. */
  saveDraft(draft: Draft): Promise<void>
  discardDraft(id: string): Promise<void>
  /** Changes what only the newsroom knows of the story. Two queries. */
  saveSettings(settings: StorySettings): Promise<void>
  addNote(note: Note): Promise<void>
  /** Writes down for the audit log what is no event. One query. */
  note(note: Omit<AuditNote, 'storyId'>): Promise<void>
}

/** The transaction in which a story is opened. */
export type StoryOpening = Receipts & {
  /** Makes the story with its first event. Three queries. */
  open(): Promise<StoredStory>
}

/** The channel on which each append says `{story id}:{seq}`. */
export const noticeChannel = 'staytuned_log'

/** The channel on which whatever is written in a story, drafts and notes too, says the story's id. */
export const deskChannel = 'staytuned_desk'

type Transaction = Prisma.TransactionClient

/** Waiting for a connection, and for the row while others write to the same story, before giving up; in ms. */
const patience = { maxWait: 10_000, timeout: 15_000 }

/** Runs `work` on the locked log of the story in one transaction; null if there's no such story. `appended` is told of it if it appended. */
export async function writeStory<Answer>(
  prisma: PrismaClient,
  slug: string,
  work: (log: StoryLog) => Promise<Answer>,
  appended: (storyId: string) => void,
): Promise<Answer | null> {
  let written: { log: StoryLog; head: number } | undefined
  const answer = await prisma.$transaction(async (transaction) => {
    const row = await lockStory(transaction, slug)
    if (!row) return null
    const log = storyLog(transaction, storedStory(row))
    written = { log, head: row.head }
    return work(log)
  }, patience)
  if (written && written.log.now.head > written.head) appended(written.log.now.story.id)
  return answer
}

/** Runs `work`, which may open that story, in one transaction; null if another has its slug. `appended` is told of it if it was opened. */
export async function openStory<Answer>(
  prisma: PrismaClient,
  opened: Story,
  settings: StorySettings,
  signature: Signature,
  work: (opening: StoryOpening) => Promise<Answer>,
  appended: (storyId: string) => void,
): Promise<Answer | null> {
  let isOpened = false
  try {
    const answer = await prisma.$transaction((transaction) => {
      const open = async () => {
        const { id, slug, openedAt } = opened
        const empty = { story: opened, head: 0, epoch: 1, chain: '', linkedTo: 0, publicFrom: 0, pinnedUpdateId: null, updatedAt: openedAt, settings }
        await transaction.story.create({ data: { id, slug, createdAt: openedAt, ...storyColumns(empty) } })
        const log = storyLog(transaction, empty)
        await log.append({ type: 'story.opened', story: opened }, signature)
        isOpened = true
        return log.now
      }
      return work({ open, ...openingReceipts(transaction, signature.author.id, opened.id) })
    }, patience)
    if (isOpened) appended(opened.id)
    return answer
  } catch (error) {
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002') return null
    throw error
  }
}

async function lockStory(transaction: Transaction, slug: string): Promise<StoryFields | undefined> {
  const rows = await transaction.$queryRaw<StoryFields[]>`
    SELECT id, slug, headline, standfirst, status::text AS status, language, time_zone AS "timeZone", head, epoch, chain, linked_to AS "linkedTo", public_from AS "publicFrom",
           pinned_update_id AS "pinnedUpdateId", created_at AS "createdAt", updated_at AS "updatedAt", cover,
           closed_at AS "closedAt", closing_summary AS "closingSummary", archived, template, auto_close_days AS "autoCloseDays"
    FROM stories WHERE slug = ${slug} FOR UPDATE`
  return rows[0]
}

function storyLog(transaction: Transaction, locked: StoredStory): StoryLog {
  const storyId = locked.story.id
  let now = locked
  const tellDesks = () => transaction.$executeRaw`SELECT pg_notify(${deskChannel}, ${storyId})`
  /** The hash that the next event follows on. A program that doesn't know of the chain may have written since. */
  const endOfChain = async () => {
    if (now.linkedTo !== now.head) now = { ...now, ...(await linkAfter(transaction, storyId, now)) }
    return now.chain
  }
  const append: StoryLog['append'] = async (change, { at: clock, author, idempotencyKey }) => {
    const seq = now.head + 1
    const at = notBefore(now.updatedAt, clock)
    const { type, ...payload } = change
    if ('update' in change) await writeUpdate(transaction, storyId, change.update, author, at)
    if ('claim' in change) await writeFact(transaction.claim, storyId, change.claim)
    if ('question' in change) await writeFact(transaction.question, storyId, change.question)
    const link = await linkEvent({ story: storyId, seq, at: at.toISOString(), type }, payload, await endOfChain())
    await transaction.event.create({
      data: { storyId, seq, at, type, payload, ...link, actorId: author.id, idempotencyKey: idempotencyKey ?? null },
    })
    now = { ...after(now, change), head: seq, chain: link.hash, linkedTo: seq, updatedAt: at.toISOString() }
    await transaction.story.update({ where: { id: storyId }, data: storyColumns(now) })
    await transaction.$executeRaw`SELECT pg_notify(${noticeChannel}, ${`${storyId}:${seq}`}), pg_notify(${deskChannel}, ${storyId})`
    return { ...change, seq, at: at.toISOString() }
  }
  return {
    get now() {
      return now
    },
    get next() {
      return now.head + 1
    },
    at: (clock) => notBefore(now.updatedAt, clock),
    append,
    async update(id) {
      if (!isUuid(id)) return null
      const row = await transaction.update.findFirst({ where: { id, storyId } })
      return row && storedUpdate(row)
    },
    async claim(id) {
      const row = isUuid(id) ? await transaction.claim.findFirst({ where: { id, storyId } }) : null
      return row && storedClaim(row)
    },
    async question(id) {
      const row = isUuid(id) ? await transaction.question.findFirst({ where: { id, storyId } }) : null
      return row && storedQuestion(row)
    },
    claims: async () => (await transaction.claim.findMany({ where: { storyId } })).map(storedClaim),
    questions: async () => (await transaction.question.findMany({ where: { storyId } })).map(storedQuestion),
    count: (kind) => (kind === 'claim' ? transaction.claim.count({ where: { storyId } }) : transaction.question.count({ where: { storyId } })),
    async unknownUpdates(ids) {
      if (ids.length === 0) return []
      const rows = await transaction.update.findMany({ where: { id: { in: [...ids] }, storyId, seq: { not: null } }, select: { id: true } })
      return ids.filter((id) => rows.every((row) => row.id !== id))
    },
    async erase(what, signature) {
      await endOfChain()
      const erased = await eraseHistory(transaction, storyId, now.head + 1, what, signature.at)
      if (erased === null) return null
      const isPinned = now.pinnedUpdateId !== null && what.updates.includes(now.pinnedUpdateId)
      now = { ...now, epoch: now.epoch + 1, pinnedUpdateId: isPinned ? null : now.pinnedUpdateId }
      const { seq } = await append({ type: 'history.erased', erasure: { events: erased.events.map((event) => event.seq) } }, signature)
      return { ...erased, seq }
    },
    async saveDraft({ id, author: authorName, authorId, sentBack, ...fields }) {
      const columns = { ...fields, authorName, sentBack: sentBack ?? Prisma.DbNull }
      await transaction.update.upsert({
        where: { id },
        create: { id, storyId, status: 'draft', authorId, corrections: [], ...columns },
        update: columns,
      })
      await tellDesks()
    },
    async discardDraft(id) {
      await transaction.update.delete({ where: { id, storyId, status: 'draft' } })
      await tellDesks()
    },
    async saveSettings(settings) {
      now = { ...now, settings }
      await transaction.story.update({ where: { id: storyId }, data: settings })
      await tellDesks()
    },
    async addNote({ author: authorName, ...fields }) {
      await transaction.note.create({ data: { storyId, authorName, ...fields } })
      await tellDesks()
    },
    note: (note) => writeNote(transaction, { ...note, storyId }),
    receipt: (key) => transaction.receipt.findUnique({ where: { storyId_key: { storyId, key } }, select: { requestHash: true, answer: true } }),
    async keepReceipt(key, { requestHash, answer }, at) {
      // The answer is what the HTTP API sends: JSON by construction.
      await transaction.receipt.create({ data: { storyId, key, requestHash, answer: answer as Prisma.InputJsonValue, at } })
    },
  }
}

function notBefore(last: string, clock: Date): Date {
  return new Date(Math.max(clock.getTime(), Date.parse(last)))
}

/** The row of the story after the change; the counterpart of the fold for what is kept beside the log. */
function after(stored: StoredStory, change: Change): StoredStory {
  switch (change.type) {
    case 'story.opened':
    case 'story.revised':
      return { ...stored, story: change.story, publicFrom: stored.publicFrom || (change.story.status === 'draft' ? 0 : stored.head + 1) }
    case 'update.pinned':
      return { ...stored, pinnedUpdateId: change.update.id }
    case 'update.unpinned':
    case 'update.withdrawn':
      return stored.pinnedUpdateId === change.update.id ? { ...stored, pinnedUpdateId: null } : stored
    default:
      return stored
  }
}

export function storyColumns({ story, head, epoch, chain, linkedTo, publicFrom, pinnedUpdateId, updatedAt, settings }: StoredStory) {
  const { id: _id, slug: _slug, openedAt: _openedAt, closedAt, cover, ...fields } = story
  const moments = { closedAt: columnOf(closedAt), updatedAt: new Date(updatedAt) }
  return { ...fields, cover: cover ?? Prisma.DbNull, ...settings, head, epoch, chain, linkedTo, publicFrom, pinnedUpdateId, ...moments }
}

/**
 * A moment as a column takes it. As text it would be a part of the query to Prisma and not a value of it: each write would be planned anew,
 * and its plan kept.
 */
function columnOf(moment: string | null): Date | null {
  return moment === null ? null : new Date(moment)
}

/** What the two tables of facts have in common. */
type FactTable = {
  upsert(row: {
    where: { id: string }
    create: { id: string; storyId: string; seq: number; state: Prisma.InputJsonValue }
    update: { state: Prisma.InputJsonValue }
  }): Promise<unknown>
  deleteMany(rows: { where: { id: string; storyId: string } }): Promise<unknown>
}

async function writeFact(table: FactTable, storyId: string, fact: Claim | Question): Promise<void> {
  const { id, seq } = fact
  if (fact.withdrawal) await table.deleteMany({ where: { id, storyId } })
  else await table.upsert({ where: { id }, create: { id, storyId, seq, state: fact }, update: { state: fact } })
}

async function writeUpdate(transaction: Transaction, storyId: string, update: Update, author: Author, at: Date): Promise<void> {
  const { id, withdrawal, title, body, tags } = update
  // A withdrawn update is empty to readers; the newsroom keeps what it said.
  const columns = { ...updateColumns(update), ...(withdrawal ? {} : { title, body, tags }) }
  await transaction.update.upsert({
    where: { id },
    create: { id, storyId, authorId: author.id, createdAt: at, title, body, tags, ...columns },
    update: columns,
  })
}

/** What the row of a published or withdrawn update has, but for whose it is and what it says. */
export function updateColumns({ id: _id, author: authorName, withdrawal, title: _title, body: _body, tags: _tags, ...fields }: Update) {
  return {
    ...fields,
    publishedAt: new Date(fields.publishedAt),
    occurredAt: columnOf(fields.occurredAt),
    editedAt: columnOf(fields.editedAt),
    status: withdrawal ? ('withdrawn' as const) : ('published' as const),
    withdrawnAt: columnOf(withdrawal?.at ?? null),
    withdrawalNotice: withdrawal?.notice ?? null,
    authorName,
    publishAt: null,
    scheduledBy: null,
    submittedAt: null,
    sentBack: Prisma.DbNull,
    // What a draft was to note has become claims of the story.
    claims: [],
  }
}
