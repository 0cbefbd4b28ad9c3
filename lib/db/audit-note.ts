import { v7 as uuidv7 } from 'uuid'
import type { AuditAction, AuditDetail, AuditSubject } from '#lib/people/audit-entry.ts'
import type { Prisma } from './generated/client.ts'

/** One thing that was done, to be written down beside it. Without a person it was somebody who isn't known. */
export type AuditNote = {
  readonly at: Date
  readonly actor: { readonly id: string | null; readonly name: string }
  readonly action: AuditAction
  readonly subject: AuditSubject
  readonly storyId?: string
  readonly detail?: AuditDetail
}

/** Writes it in the transaction of what it tells of, so that there is neither without the other. One query. */
export async function writeNote(transaction: Prisma.TransactionClient, { at, actor, action, subject, storyId, detail }: AuditNote): Promise<void> {
  await transaction.auditEntry.create({
    data: {
      id: uuidv7(),
      at,
      actorId: actor.id,
      actorName: actor.name,
      action,
      subjectType: subject.type,
      subjectId: subject.id,
      subjectLabel: subject.label,
      storyId: storyId ?? null,
      detail: detail ?? {},
    },
  })
}

/**
 * Counts a failure: writes an entry with `count` 1, or adds 1 to the entry with that key and sets its `lastAt`. The entry keeps its own time,
 * so that it doesn't move while the log is read. One query.
 */
export async function tallyNote(prisma: Prisma.TransactionClient, note: AuditNote, tallyKey: string): Promise<void> {
  const { at, actor, action, subject, detail } = note
  await prisma.$executeRaw`
    INSERT INTO audit_entries (id, at, actor_id, actor_name, action, subject_type, subject_id, subject_label, detail, tally_key)
    VALUES (${uuidv7()}::uuid, ${at}, ${actor.id}, ${actor.name}, ${action}, ${subject.type}, ${subject.id}, ${subject.label},
            ${JSON.stringify({ ...detail, count: 1 })}::jsonb, ${tallyKey})
    ON CONFLICT (tally_key) DO UPDATE SET detail = audit_entries.detail || jsonb_build_object(
      'count', (audit_entries.detail ->> 'count')::int + 1, 'lastAt', ${at.toISOString()}::text)`
}
