import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { RecordedAnswer } from './record-answer.ts'

/** An answer with all that it is sent with, in every encoding that somebody has asked for. */
export type StoredAnswer = {
  readonly status: number
  /** What it takes in memory, about, in bytes. */
  readonly bytes: number
  /** Sends it in the best encoding that the request takes, or that it hasn't changed; says which. */
  send(request: IncomingMessage, response: ServerResponse): Promise<'sent' | 'unchanged'>
}

type Encoding = 'identity' | 'gzip' | 'br'
/** With the headers of the answer, and of the one that nothing has changed: names and values in turn, as Node takes them without copying. */
type Sent = { readonly headers: string[]; readonly unchanged: string[]; readonly body: Buffer }

/** Below that a packet is sent in any case. */
const leastCompressed = 1_000
/** A page of 100 KB takes about 5 ms by either, and the best that brotli can do about 300. */
const [brotliQuality, gzipLevel] = [6, 6]

const compress = {
  br: (body: Buffer) => promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: brotliQuality } }),
  gzip: (body: Buffer) => promisify(gzip)(body, { level: gzipLevel }),
}

/** `own` are the headers that all of our answers have. */
export function storedAnswer({ status, headers, body }: RecordedAnswer, own: Readonly<Record<string, string>>): StoredAnswer {
  const tag = createHash('sha256').update(body).digest('base64url').slice(0, 22)
  const common = Object.entries({ ...own, ...headers, vary: 'Accept-Encoding' }).flat()
  const ready = new Map<Encoding, Sent>()
  const begun = new Map<Encoding, Promise<Sent>>()
  const encode = async (encoding: Encoding): Promise<Sent> => {
    const encoded = encoding === 'identity' ? body : await compress[encoding](body)
    const about = encoding === 'identity' ? [] : ['content-encoding', encoding]
    const unchanged = [...common, 'etag', `"${tag}-${encoding}"`]
    const sent = { unchanged, headers: [...unchanged, ...about, 'content-length', String(encoded.length)], body: encoded }
    ready.set(encoding, sent)
    return sent
  }
  /** Encoded once, however many ask meanwhile. */
  const encodedAs = (encoding: Encoding): Promise<Sent> => {
    const known = begun.get(encoding) ?? encode(encoding)
    begun.set(encoding, known)
    return known
  }

  return {
    status,
    // Compressed it is a fifth of that, twice at the most.
    bytes: body.length * 1.5,
    async send({ method, headers: asked }, response) {
      const encoding = body.length < leastCompressed ? 'identity' : bestEncoding(String(asked['accept-encoding'] ?? ''))
      const sent = ready.get(encoding) ?? (await encodedAs(encoding))
      // The tag is in it whatever the encoding was, and whatever an edge has made of it.
      if (status === 200 && asked['if-none-match']?.includes(tag)) {
        response.writeHead(304, sent.unchanged).end()
        return 'unchanged'
      }
      response.writeHead(status, sent.headers).end(method === 'HEAD' ? undefined : sent.body)
      return 'sent'
    },
  }
}

/** Named, and not only to be ruled out. */
const brotli = /(?:^|[,\s])br\s*(?:,|$|;(?!\s*q=0(?:\.0*)?\s*(?:,|$)))/
const gzipped = /(?:^|[,\s])gzip\s*(?:,|$|;(?!\s*q=0(?:\.0*)?\s*(?:,|$)))/

function bestEncoding(accepted: string): Encoding {
  if (brotli.test(accepted)) return 'br'
  return gzipped.test(accepted) ? 'gzip' : 'identity'
}
