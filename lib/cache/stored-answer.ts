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

type Encoding = 'identity' | keyof Encoded
/** The better one first. */
const encodings = ['br', 'gzip'] as const
/** With its headers, names and values in turn: as Node takes them without copying. */
type Sent = { readonly headers: string[]; readonly body: Buffer }

const vary = 'Accept-Encoding'

/** Headers, maps and functions, in bytes: 2.5 KB were measured. */
const aroundIt = 4_096
/** Below so many bytes a packet is sent in any case. */
export const leastCompressed = 1_000
/** A page of 56 KB takes 1.5 and 0.7 ms; the best that brotli can do takes 77 ms, and saves another tenth. */
const [brotliQuality, gzipLevel] = [6, 6]

const compress = {
  br: (body: Buffer) => promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: brotliQuality } }),
  gzip: (body: Buffer) => promisify(gzip)(body, { level: gzipLevel }),
}

/** What an answer is in other encodings, where that is known; what isn't named isn't sent. */
export type Encoded = Readonly<Record<'br' | 'gzip', Buffer | undefined>>

/** `own` are the headers that all of our answers have. Compresses it when somebody asks for it so, unless that is done already. */
export function storedAnswer({ status, headers, body }: RecordedAnswer, own: Readonly<Record<string, string>>, encoded?: Encoded): StoredAnswer {
  const tag = tagOf(body)
  const common = Object.entries({ ...own, ...headers, vary }).flat()
  // Whoever has the rest of it keeps it.
  const unchanged = Object.entries({ 'cache-control': headers['cache-control'], vary, etag: `W/"${tag}"` }).flatMap(([name, value]) =>
    value ? [name, value] : [],
  )
  const ready = new Map<Encoding, Sent>()
  const begun = new Map<Encoding, Promise<Sent>>()
  const encode = async (encoding: Encoding): Promise<Sent> => {
    const bytes = encoding === 'identity' ? body : (encoded?.[encoding] ?? (await compress[encoding](body)))
    const about = encoding === 'identity' ? [] : ['content-encoding', encoding]
    const sent = { headers: [...common, 'etag', `W/"${tag}"`, ...about, 'content-length', String(bytes.length)], body: bytes }
    ready.set(encoding, sent)
    return sent
  }
  const offered: readonly Encoding[] = encoded ? encodings.filter((encoding) => encoded[encoding]) : body.length < leastCompressed ? [] : encodings
  /** Encoded once, however many ask meanwhile. */
  const encodedAs = (encoding: Encoding): Promise<Sent> => {
    const known = begun.get(encoding) ?? encode(encoding)
    begun.set(encoding, known)
    return known
  }

  return {
    status,
    // Compressed it is a fifth of that, twice at the most; and what stands around it takes more than a short answer.
    bytes: body.length * 1.5 + aroundIt,
    async send({ method, headers: asked }, response) {
      if (status === 200 && asked['if-none-match']?.includes(tag)) {
        response.writeHead(304, unchanged).end()
        return 'unchanged'
      }
      const encoding = bestEncoding(String(asked['accept-encoding'] ?? ''), offered)
      const sent = ready.get(encoding) ?? (await encodedAs(encoding))
      response.writeHead(status, sent.headers).end(method === 'HEAD' ? undefined : sent.body)
      return 'sent'
    },
  }
}

/** The same for answers that say the same, in whichever encoding, but for when they were made. */
function tagOf(body: Buffer): string {
  const said = body.toString('latin1').replace(/"readAt":\d+/, '')
  return createHash('sha256').update(said, 'latin1').digest('base64url').slice(0, 22)
}

/** Named, and not only to be ruled out. */
const brotli = /(?:^|[,\s])br\s*(?:,|$|;(?!\s*q=0(?:\.0*)?\s*(?:,|$)))/
const gzipped = /(?:^|[,\s])gzip\s*(?:,|$|;(?!\s*q=0(?:\.0*)?\s*(?:,|$)))/

function bestEncoding(accepted: string, offered: readonly Encoding[]): Encoding {
  return offered.find((encoding) => (encoding === 'br' ? brotli : gzipped).test(accepted)) ?? 'identity'
}
