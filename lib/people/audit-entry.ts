import { z } from 'zod'
import { printable } from '#lib/story/text.ts'

/** What is written down besides the events of stories. */
export const auditActions = [
  'sign-in',
  'sign-in-failed',
  'sign-out',
  'session-ended',
  'invitation-sent',
  'invitation-withdrawn',
  'invitation-accepted',
  'person-added',
  'person-renamed',
  'person-role-changed',
  'person-deactivated',
  'person-reactivated',
  'password-changed',
  'password-reset-asked',
  'password-reset-link-made',
  'password-reset',
  'two-factor-enabled',
  'two-factor-disabled',
  'two-factor-backup-codes-made',
  'passkey-added',
  'passkey-renamed',
  'passkey-removed',
  'draft-saved',
  'draft-submitted',
  'draft-taken-back',
  'draft-sent-back',
  'draft-discarded',
  'story-role-given',
  'story-setting-changed',
  'picture-added',
  'picture-changed',
  'erasure-ordered',
  'erasure-checked',
  'story-exported',
  'story-imported',
] as const
export type AuditAction = (typeof auditActions)[number]

/** The events of stories, as the audit log names them: the log of a story is a part of it, and isn't written twice. */
export const auditEvents = [
  'story-opened',
  'story-revised',
  'update-published',
  'update-revised',
  'update-corrected',
  'update-withdrawn',
  'update-pinned',
  'update-unpinned',
  'claim-made',
  'claim-revised',
  'claim-assessed',
  'claim-withdrawn',
  'question-raised',
  'question-revised',
  'question-answered',
  'question-closed',
  'question-reopened',
  'question-withdrawn',
  'history-erased',
] as const

export const auditSubject = z.object({
  type: z.enum(['person', 'invitation', 'story', 'update', 'claim', 'question', 'history', 'picture']),
  id: z.string().nullable(),
  /** What it was called then; empty for what has no name. */
  label: z.string(),
})
export type AuditSubject = Readonly<z.infer<typeof auditSubject>>

/** What may be known of an entry besides. */
export const auditDetails = [
  'method',
  'reason',
  'address',
  'role',
  'email',
  'invitedBy',
  'sessionsEnded',
  'from',
  'to',
  'seq',
  'version',
  'status',
  'note',
  'notice',
  'author',
  'publishAt',
  'name',
  'type',
  'bytes',
  'width',
  'height',
  'gone',
  'of',
  'left',
  'ms',
  'count',
  'lastAt',
] as const

/** Never a secret, and never what an update says. */
export type AuditDetail = Readonly<Partial<Record<(typeof auditDetails)[number], string | number | null>>>

/** One thing that somebody did. `at` is ISO 8601. */
export const auditEntry = z
  .object({
    /** Of this log alone: an event's is its story's id and its number. */
    id: z.string(),
    at: z.string(),
    /** The id is null for whoever isn't known, and for what the program does by itself. */
    actor: z.object({ id: z.string().nullable(), name: z.string() }),
    /** One of those that there are now, or of a later version. */
    action: z.string(),
    subject: auditSubject,
    story: z.object({ slug: z.string(), headline: z.string() }).nullable(),
    detail: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'AuditEntry' })
export type AuditEntry = z.infer<typeof auditEntry>

export const auditPage = z.object({ entries: z.array(auditEntry), next: z.string().nullable() }).meta({ id: 'AuditPage' })
export type AuditPage = z.infer<typeof auditPage>

const day = z.iso.date('must be a day like 2026-11-25')

/** Which entries are asked for; all if nothing is said. */
export const auditFilter = z.object({
  /** Words of who, what, or how it was called. */
  q: printable.trim().max(200, 'must have at most 200 characters').optional(),
  /** The id of a person, who did it or whom it was done to. */
  person: printable.max(100).optional(),
  /** The slug of a story. */
  story: printable.max(100).optional(),
  action: printable.max(100).optional(),
  /** In UTC. */
  day: day.optional(),
})
export type AuditFilter = z.infer<typeof auditFilter>

export const auditQuery = auditFilter.extend({
  before: z
    .string()
    .regex(/^\d{13,14}~[\w:-]{1,80}$/, 'must be a cursor: the `next` of another page')
    .optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

export const auditExportQuery = auditFilter.extend({ format: z.enum(['csv', 'ndjson']).default('csv') })
