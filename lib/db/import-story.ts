import { isPublic } from '#lib/story/as-of.ts'
import type { LogEntry } from '#lib/story/chain.ts'
import type { StoryEvent } from '#lib/story/event.ts'
import { applyEvent, openView } from '#lib/story/fold.ts'
import type { KeptPicture } from '#lib/story/kept-picture.ts'
import type { StorySettings } from '#lib/story/story-settings.ts'
import type { Update } from '#lib/story/update.ts'
import type { View } from '#lib/story/view.ts'
import { writeNote } from './audit-note.ts'
import { Prisma, type PrismaClient } from './generated/client.ts'
import { type StoredStory, storyEvent } from './rows.ts'
import { storyColumns, updateColumns } from './story-log.ts'

/** Who wrote what was written elsewhere: accounts are of one installation, and an archive names none. */
const elsewhere = 'archive'

const settings: StorySettings = { template: null, autoCloseDays: null }

const batch = 500

/** A long story is written in one transaction; in ms. */
const patience = { maxWait: 30_000, timeout: 10 * 60_000 }

/**
 * Writes a story with its whole log as it was written elsewhere, hashes and all, and the state that its fold leads to. The log has been
 * checked. False, and nothing is written, if a story has its id or its address. A query for each 500 events, updates and claims.
 */
export async function importStory(prisma: PrismaClient, log: readonly LogEntry[], pictures: readonly KeptPicture[], at: Date): Promise<boolean> {
  const events = log.map(({ at: happened, ...entry }) => storyEvent({ ...entry, at: new Date(happened), payload: entry.payload as Prisma.JsonValue }))
  const [opened] = events
  if (opened?.type !== 'story.opened') throw new Error('a log that does not begin with its story')
  const view = events.slice(1).reduce<View>(applyEvent, openView(opened))
  const { id, slug, openedAt } = view.story
  try {
    await prisma.$transaction(async (transaction) => {
      await transaction.story.create({ data: { id, slug, createdAt: openedAt, ...storyColumns(storedOf(view, events, log)) } })
      for (const part of parts(log)) {
        const rows = part.map(({ payload, ...entry }) => ({ storyId: id, actorId: elsewhere, payload: payload as Prisma.InputJsonValue, ...entry }))
        await transaction.event.createMany({ data: rows })
      }
      const said = lastSaid(events)
      for (const part of parts(view.updates)) {
        const rows = part.map((update) => {
          const { title, body, tags } = said.get(update.id) ?? update
          const columns = { ...updateColumns(update), title, body, tags }
          return { id: update.id, storyId: id, authorId: elsewhere, createdAt: update.publishedAt, ...columns }
        })
        await transaction.update.createMany({ data: rows })
      }
      await transaction.claim.createMany({ data: view.claims.map((claim) => ({ id: claim.id, storyId: id, seq: claim.seq, state: claim })) })
      await transaction.question.createMany({
        data: view.questions.map((question) => ({ id: question.id, storyId: id, seq: question.seq, state: question })),
      })
      await transaction.media.createMany({ data: pictures.map(mediaRow), skipDuplicates: true })
      const subject = { type: 'story' as const, id, label: view.story.headline }
      const detail = { seq: view.head }
      await writeNote(transaction, { at, actor: { id: null, name: 'Command line' }, action: 'story-imported', subject, storyId: id, detail })
    }, patience)
    return true
  } catch (error) {
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002') return false
    throw error
  }
}

function storedOf(view: View, events: readonly StoryEvent[], log: readonly LogEntry[]): StoredStory {
  const { story, head, pinned } = view
  const last = log.at(-1)
  return {
    story,
    head,
    // Each erasure has begun another.
    epoch: 1 + events.filter(({ type }) => type === 'history.erased').length,
    chain: last?.hash ?? '',
    linkedTo: head,
    publicFrom: events.find((event) => 'story' in event && isPublic(event.story.status))?.seq ?? 0,
    pinnedUpdateId: pinned?.id ?? null,
    updatedAt: last?.at ?? story.openedAt,
    settings,
  }
}

/** What each update said last while it stood: the newsroom keeps that of one that was withdrawn. */
function lastSaid(events: readonly StoryEvent[]): ReadonlyMap<string, Update> {
  return new Map(events.flatMap((event) => ('update' in event && event.update.withdrawal === null ? [[event.update.id, event.update]] : [])))
}

function mediaRow({ id, type, width, height, bytes, alt, credit, name, focus, uploadedAt }: KeptPicture) {
  const place = { focusX: focus?.x ?? null, focusY: focus?.y ?? null }
  return { id, type, width, height, bytes, alt, credit, name, ...place, uploadedBy: elsewhere, createdAt: uploadedAt }
}

function* parts<Each>(all: readonly Each[]): Generator<readonly Each[]> {
  for (let first = 0; first < all.length; first += batch) yield all.slice(first, first + batch)
}
