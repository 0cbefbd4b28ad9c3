import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import type { LogEntry } from '#lib/story/chain.ts'
import { logEntry } from '#lib/story/log-entry.ts'

/** The entries of a log that is read as lines of JSON, one at a time. Throws at the first line that is none. */
export async function* logEntriesIn(input: Readable): AsyncGenerator<LogEntry, void, undefined> {
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() !== '') yield logEntry.parse(JSON.parse(line))
  }
}
