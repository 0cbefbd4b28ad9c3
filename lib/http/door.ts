import type { IncomingMessage, ServerResponse } from 'node:http'
import { type ProblemKind, problemKinds, problemType } from './problem-document.ts'

type Refusal = {
  readonly status: number
  readonly detail: string
  readonly headers?: Readonly<Record<string, string>>
  /** Of the problem document that the API answers with. */
  readonly kind?: ProblemKind
}

/** No address of ours is longer: a search for 200 characters that take nine bytes each. */
const longestAddress = 4_096

/**
 * What no page of ours ever asks for, and is answered without asking anything else: addresses that are no text, those in full by which
 * a proxy is asked, methods that only the API knows, and what Next would offer beside its scripts and styles. Null for all the rest.
 */
export function refusedAtDoor({ method = '', url = '' }: Pick<IncomingMessage, 'method' | 'url'>, isDevelopment: boolean): Refusal | null {
  if (url.length > longestAddress) return { status: 414, detail: `An address has at most ${longestAddress} characters here.` }
  const [path = '', query = ''] = url.split('?', 2)
  if (!path.startsWith('/') || query.includes('%00')) return { status: 400, detail: 'This address can’t be read.' }
  const text = textOf(path)
  // Next serves its own pages and tools below names that begin with an underscore. None of ours does.
  const isClosed = text?.startsWith('/_') && !text.startsWith('/_next/static/') && !isDevelopment
  if (isClosed || text === null) return { status: 404, detail: 'There is nothing at this address.' }
  if (!path.startsWith('/api/') && !isDevelopment && method !== 'GET' && method !== 'HEAD') {
    return { status: 405, detail: 'Pages are read, with GET.', headers: { allow: 'GET, HEAD' } }
  }
  return null
}

/** Returns the path decoded; null unless it is well-formed text without a NUL, which a database would refuse to look for. */
function textOf(path: string): string | null {
  try {
    const text = decodeURIComponent(path)
    return text.includes('\0') ? null : text
  } catch {
    return null
  }
}

/** The response when too many requests wait already. */
export const tooBusy: Refusal = {
  status: 503,
  kind: 'busy',
  detail: 'Too much is being asked for at the moment. Try again in a few seconds.',
  headers: { 'retry-after': '3' },
}

/** Answers it in plain text, or with a problem document where it has one: nothing of ours links there. `always` are the headers that every answer has. */
export function refuse(response: ServerResponse, { status, detail, headers, kind }: Refusal, always: Readonly<Record<string, string>>): void {
  const isOfApi = response.req.url?.startsWith('/api/') && kind !== undefined
  const document = kind && { type: problemType(kind), title: problemKinds[kind][1], status, detail }
  const body = isOfApi ? JSON.stringify(document) : `${detail}\n`
  response.writeHead(status, {
    ...always,
    'content-type': isOfApi ? 'application/problem+json' : 'text/plain; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    // What is still being sent isn't waited for.
    connection: 'close',
    ...headers,
  })
  response.end(body)
}
