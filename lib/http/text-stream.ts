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
