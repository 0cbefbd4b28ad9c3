import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { currentRequestId } from '#lib/log/request-context.ts'

export type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void>

export type RecordedAnswer = { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: Buffer }

/** What an answer keeps of the headers that a page or a route has set. The rest is of one connection, or said of what is sent in the end. */
const kept = ['content-type', 'cache-control', 'location', 'retry-after'] as const

/**
 * Has a GET answered into memory, as somebody is answered who brings nothing along: no cookie, no encoding, nothing of an earlier answer;
 * but for the id of the request that began it, by which a failure is found in the log. `policy` is what its scripts are told to bear.
 */
export async function recordAnswer(handle: Handle, host: string, address: string, policy: string): Promise<RecordedAnswer> {
  const request = new IncomingMessage(new Socket())
  Object.assign(request, {
    method: 'GET',
    url: address,
    httpVersion: '1.1',
    headers: { host, 'x-request-id': currentRequestId(), 'content-security-policy': policy },
  })
  request.push(null)
  const response = new Recording(request)
  const [body] = await Promise.all([response.whole, handle(request, response)])
  const headers = kept.flatMap((name) => {
    const value = response.getHeader(name)
    return value === undefined ? [] : [[name, String(value)]]
  })
  return { status: response.statusCode, headers: Object.fromEntries(headers), body }
}

/** A response that goes nowhere. */
class Recording extends ServerResponse {
  private readonly parts: Buffer[] = []
  private over: (body: Buffer) => void = () => {}
  private broken: (error: Error) => void = () => {}
  readonly whole = new Promise<Buffer>((resolve, reject) => {
    this.over = resolve
    this.broken = reject
  })

  override write(chunk: string | Uint8Array, ...rest: unknown[]): boolean {
    const encoding = rest.find((each): each is BufferEncoding => typeof each === 'string')
    this.parts.push(typeof chunk === 'string' ? Buffer.from(chunk, encoding) : Buffer.from(chunk))
    call(rest)
    return true
  }

  override destroy(error?: Error): this {
    this.broken(error ?? new Error('the answer was broken off'))
    return super.destroy(error)
  }

  override end(...given: unknown[]): this {
    const [chunk] = given
    if (typeof chunk === 'string' || chunk instanceof Uint8Array) this.write(chunk, ...given.slice(1).filter((each) => typeof each === 'string'))
    this.over(Buffer.concat(this.parts))
    call(given)
    this.emit('finish')
    this.emit('close')
    return this
  }
}

/** Node takes what is to be called at the end in the last place there is. */
function call(given: readonly unknown[]): void {
  const last = given.at(-1)
  if (typeof last === 'function') process.nextTick(last)
}
