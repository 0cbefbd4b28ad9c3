import type { AuditNote } from '#lib/db/audit-note.ts'
import type { AuditAction } from '#lib/people/audit-entry.ts'
import type { Draft } from '#lib/story/draft.ts'

type DraftAction = Extract<AuditAction, `draft-${string}`>

/** For the audit log: which draft it was, and nothing of what it says but its title. */
export function draftNote(
  action: DraftAction,
  { id, title, version, author, publishAt }: Draft,
  { id: actorId, name }: AuditNote['actor'],
  at: Date,
): Omit<AuditNote, 'storyId'> {
  return { at, actor: { id: actorId, name }, action, subject: { type: 'update', id, label: title ?? '' }, detail: { version, author, publishAt } }
}
