// Links the events of a story's log: each carries a hash of itself and of the one before it, so that a log that was changed in part is no longer
// consistent. Nothing is signed: whoever rewrites all of it can make it consistent again. Web Crypto, so that it runs
// wherever a log is read: here, on the command line, in whoever's browser.

import { fieldsOf } from './fields.ts'

/** What of an event is linked, beside its payload. */
export type LinkedFields = {
  /** The story's id. */
  readonly story: string
  readonly seq: number
  readonly at: string
  readonly type: string
}

/** An event as the log is handed out. */
export type LogEntry = Omit<LinkedFields, 'story'> & {
  /** What the event says; of an erased one `{ "erased": number }`, the number of the event that says so. */
  readonly payload: unknown
  /** Random, so that nobody finds out by guessing what an erased payload was: it is erased with it, and then null. */
  readonly salt: string | null
  readonly payloadHash: string
  readonly hash: string
}

/** SHA-256 over the salt and the payload, each as canonical JSON; in hexadecimal digits, as all hashes here. */
export function hashPayload(salt: string, payload: unknown): Promise<string> {
  return sha256(canonicalJson({ payload, salt }))
}

/** SHA-256 over what the event is, the hash of its payload, and the hash of the event before it: empty for the first. */
export function hashLink({ story, seq, at, type }: LinkedFields, payloadHash: string, previous: string): Promise<string> {
  return sha256(canonicalJson({ at, payload: payloadHash, previous, seq, story, type }))
}

/** What is wrong with a log: with which event, and in which way. */
export type LogFault = {
  readonly seq: number
  /**
   * A number is missing or doubled; the payload isn't what was hashed; the event isn't the one that was linked, or follows on another;
   * what it says is missing, and no later event of the log says that it was erased; the log ends with it, and the story knows of more.
   */
  readonly what: 'number' | 'payload' | 'link' | 'missing' | 'end'
}

export type Checked =
  /** `withheld`: how many at its beginning are handed out without what they say. */
  | { readonly kind: 'whole'; readonly events: number; readonly erased: number; readonly withheld: number; readonly hash: string }
  | ({ readonly kind: 'broken' } & LogFault)

/**
 * Checks a log from its first event on; ends at the first fault. Reads it once, and holds one event at a time. Only of a log that
 * was handed out to readers may the beginning be `withheld`: what the story said before they could see it.
 */
export async function checkLog(story: string, log: AsyncIterable<LogEntry>, { mayWithhold = false } = {}): Promise<Checked> {
  let events = 0
  let withheld = 0
  let erased = 0
  let previous = ''
  /** Those that say nothing, by the number of the erasure that is to account for them. */
  const missing = new Map<number, number | null>()
  for await (const { seq, at, type, payload, salt, payloadHash, hash } of log) {
    if (seq !== events + 1) return { kind: 'broken', seq: events + 1, what: 'number' }
    if (payloadHash === '') return { kind: 'broken', seq, what: 'link' }
    if (salt !== null) {
      if ((await hashPayload(salt, payload)) !== payloadHash) return { kind: 'broken', seq, what: 'payload' }
      // Readers were let in by an event that says so, and may read it.
      if (withheld > 0 && withheld === events && !isOpen(type, payload)) return { kind: 'broken', seq: 1, what: 'missing' }
      for (const each of erasedBy(type, payload)) if (missing.get(each) === seq) erased += Number(missing.delete(each))
    } else {
      const by = erasureIn(payload)
      if (by === undefined) return { kind: 'broken', seq, what: 'payload' }
      if (mayWithhold && withheld === events) withheld += 1
      else missing.set(seq, by)
    }
    if ((await hashLink({ story, seq, at, type }, payloadHash, previous)) !== hash) return { kind: 'broken', seq, what: 'link' }
    previous = hash
    events += 1
  }
  const [unaccounted] = missing.keys()
  if (withheld > 0 && withheld === events) return { kind: 'broken', seq: 1, what: 'missing' }
  if (unaccounted !== undefined) return { kind: 'broken', seq: unaccounted, what: 'missing' }
  return { kind: 'whole', events, erased, withheld, hash: previous }
}

/** What stands for a payload that is gone: the number of the event that erased it, or null where it isn't told; undefined for all else. */
function erasureIn(payload: unknown): number | null | undefined {
  if (payload === null) return null
  const [, by] = /^{"erased":(\d+)}$/.exec(JSON.stringify(payload)) ?? []
  return by === undefined ? undefined : Number(by)
}

/** Whether an event shows a story that readers may see. */
function isOpen(type: string, payload: unknown): boolean {
  const { story } = fieldsOf(payload)
  const { status } = fieldsOf(story)
  return (type === 'story.opened' || type === 'story.revised') && status !== 'draft'
}

/** The numbers that an event says were erased: lib/story/erasure.ts. No schema is loaded for it, since this runs wherever a log is read. */
function erasedBy(type: string, payload: unknown): readonly number[] {
  const { events } = fieldsOf(fieldsOf(payload).erasure)
  return type === 'history.erased' && Array.isArray(events) ? events : []
}

/**
 * JSON in the one form that everybody gets who writes the same value: without spaces, the fields of each object in the order of
 * their names by code unit, numbers and text as ECMAScript writes them. For what JSON can hold, that is RFC 8785.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((each) => canonicalJson(each ?? null)).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null)
  const fields = Object.entries(value).filter(([, each]) => each !== undefined)
  const inOrder = fields.toSorted(([one], [other]) => (one < other ? -1 : 1))
  return `{${inOrder.map(([name, each]) => `${JSON.stringify(name)}:${canonicalJson(each)}`).join(',')}}`
}

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
