export type ReadBytes = { readonly kind: 'read'; readonly bytes: Buffer } | { readonly kind: 'too-long' } | { readonly kind: 'too-slow' }

/** In milliseconds: how long all of a body may take, and how long nothing of it may arrive. */
export type BodyTimeouts = { readonly totalTimeoutMs: number; readonly idleTimeoutMs: number }

/**
 * Reads the body, up to `maxBytes`: `too-long` as soon as it is longer, whatever its Content-Length promised. Holds no more than twice
 * that. With `timeouts`, a sender that is slower is `too-slow`.
 */
export async function readBytes(request: Request, maxBytes: number, timeouts?: BodyTimeouts): Promise<ReadBytes> {
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) return { kind: 'too-long' }
  if (!request.body) return { kind: 'read', bytes: Buffer.alloc(0) }
  const reader = request.body.getReader()
  const next = timeouts ? withTimeouts(reader, timeouts) : () => reader.read()
  const parts: Uint8Array[] = []
  let bytes = 0
  for (;;) {
    const part = await next()
    if (part === 'too-slow') {
      // Not awaited: cancelling waits for the read under way, which may never end.
      reader.cancel().catch(() => {})
      return { kind: 'too-slow' }
    }
    if (part.done) return { kind: 'read', bytes: Buffer.concat(parts, bytes) }
    bytes += part.value.byteLength
    if (bytes > maxBytes) {
      await reader.cancel()
      return { kind: 'too-long' }
    }
    parts.push(part.value)
  }
}

type Part = ReadableStreamReadResult<Uint8Array>

function withTimeouts(reader: ReadableStreamDefaultReader<Uint8Array>, timeouts: BodyTimeouts): () => Promise<Part | 'too-slow'> {
  const end = performance.now() + timeouts.totalTimeoutMs
  return async () => {
    const reading = reader.read()
    let timer: NodeJS.Timeout | undefined
    const slow = new Promise<'too-slow'>((resolve) => {
      timer = setTimeout(resolve, Math.min(timeouts.idleTimeoutMs, end - performance.now()), 'too-slow')
    })
    try {
      return await Promise.race([reading, slow])
    } finally {
      clearTimeout(timer)
    }
  }
}
