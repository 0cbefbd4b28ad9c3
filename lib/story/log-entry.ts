import { z } from 'zod'
import type { LogEntry } from './chain.ts'
import { instant } from './text.ts'

/** Empty while the event isn't linked. */
const hash = z.string().regex(/^([0-9a-f]{64})?$/)

/** A line of a log as it is handed out. What an event says is checked by its hash here; what it means, by lib/story/event.ts. */
export const logEntry: z.ZodType<LogEntry> = z
  .object({
    seq: z.int().positive(),
    at: instant,
    type: z.string(),
    payload: z.unknown(),
    salt: z.string().nullable(),
    payloadHash: hash,
    hash,
  })
  .meta({ id: 'LogEntry' })
