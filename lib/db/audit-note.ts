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
