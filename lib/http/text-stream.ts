import type { Ticket } from '#lib/limits/fair-limit.ts'

/** A file that is written as it is read: each piece of text once whoever reads has room for it. */
export function textStream(pieces: AsyncGenerator<string, void, undefined>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await pieces.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
    async cancel() {
      await pieces.return(undefined)
    },
  })
}

/** Bytes that are gathered before they are sent on. */
const pieceBytes = 64 * 1024

/**
 * Streams a long file in pieces of 64 KB. Each piece is made in a slot from `admit`; if it gets none, the stream fails. Calls `onEnd` when
 * the stream has ended, in whichever way.
 */
export function textFile(texts: AsyncGenerator<string, void, undefined>, admit: () => Ticket = free, onEnd = () => {}): ReadableStream<Uint8Array> {
  const gather = async (): Promise<{ piece: string; isLast: boolean }> => {
    const gathered: string[] = []
    for (let length = 0; length < pieceBytes; length += gathered.at(-1)?.length ?? 0) {
      const { done, value } = await texts.next()
      if (done) return { piece: gathered.join(''), isLast: true }
      gathered.push(value)
    }
    return { piece: gathered.join(''), isLast: false }
  }
  const encoder = new TextEncoder()
  return new ReadableStream({
    async pull(controller) {
      const { admitted, release } = admit()
      try {
        if (!(await admitted)) throw new Error('the server has too much to do to go on with a file')
        const { piece, isLast } = await gather()
        if (piece !== '') controller.enqueue(encoder.encode(piece))
        if (!isLast) return
        controller.close()
        onEnd()
      } catch (error) {
        onEnd()
        throw error
      } finally {
        release()
      }
    },
    async cancel() {
      onEnd()
      await texts.return(undefined)
    },
  })
}

function free(): Ticket {
  return { admitted: Promise.resolve(true), join() {}, release() {} }
}

/** Newline-delimited JSON: a value in each line. */
export async function* jsonLines(values: AsyncIterable<unknown>): AsyncGenerator<string, void, undefined> {
  for await (const value of values) yield `${JSON.stringify(value)}\n`
}

/** The same values, read as soon as they are there, whether or not anybody reads on: the work that makes them is done to its end. */
export function readAhead<Value>(values: AsyncIterable<Value>): AsyncGenerator<Value, void, undefined> {
  const ready: Value[] = []
  let isOver = false
  let failure: unknown = null
  let wake = () => {}
  const reading = async () => {
    for await (const value of values) {
      ready.push(value)
      wake()
    }
  }
  void reading()
    .catch((error: unknown) => {
      failure = error
    })
    .finally(() => {
      isOver = true
      wake()
    })
  return (async function* () {
    while (true) {
      const next = ready.shift()
      if (next !== undefined) yield next
      else if (isOver) break
      else
        await new Promise<void>((resolve) => {
          wake = resolve
        })
    }
    if (failure !== null) throw failure
  })()
}
