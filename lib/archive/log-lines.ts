import type { Readable } from 'node:stream'
import type { LogEntry } from '#lib/story/chain.ts'
import { logEntry } from '#lib/story/log-entry.ts'

/** Far more than the longest event: a body has 64 KB, and a claim some dozens of assessments. */
const maxLineCharacters = 4 * 1024 * 1024

/** Reads the entries of a log that is sent as lines of JSON, one at a time. Throws at the first line that is none, or is longer than 4 million characters. */
export async function* logEntriesIn(input: Readable): AsyncGenerator<LogEntry, void, undefined> {
  for await (const line of linesIn(input)) if (line.trim() !== '') yield logEntry.parse(JSON.parse(line))
}

/** The lines of a text. Node's readline holds a line in memory however long it is. */
async function* linesIn(input: Readable): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const part of input) {
    const [first = '', ...others] = decoder.decode(part, { stream: true }).split('\n')
    rest += first
    for (const next of others) {
      yield rest
      rest = next
    }
    if (rest.length > maxLineCharacters) throw new Error(`a line is longer than ${maxLineCharacters} characters`)
  }
  yield rest + decoder.decode()
}
