import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { runtime } from '#lib/runtime.ts'
import { problem } from './problem.ts'

const noSockets = { connections: 0, readers: 0, onlookers: 0, slow: 0 }

export function isMetrics({ url = '' }: IncomingMessage): boolean {
  return url === '/metrics' || url.startsWith('/metrics?')
}

/** What GET /metrics answers, in every role: to whoever asks from this machine itself, or has the token. No query. */
export async function answerMetrics(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { env, metrics, hub } = runtime()
  if (request.method !== 'GET' || !mayRead(request, env.STAYTUNED_METRICS_TOKEN)) {
    const answer = problem('forbidden', 'The figures of this process are read by GET, on its own machine or with STAYTUNED_METRICS_TOKEN.')
    response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text())
    return
  }
  const figures = await metrics.scrape(hub?.sockets() ?? noSockets)
  response.writeHead(200, { 'content-type': metrics.contentType, 'cache-control': 'no-store' }).end(figures)
}

function mayRead(request: Pick<IncomingMessage, 'headers' | 'socket'>, token: string | undefined): boolean {
  const [, given] = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '') ?? []
  if (given !== undefined) return token !== undefined && timingSafeEqual(digest(given), digest(token))
  return isFromHere(request)
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

const loopback = /^(127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/
const hereByName = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/

/** What proxies add, most of them one or the other. */
const forwarding = /^(forwarded|via|x-real-ip|x-forwarded-.*|cf-connecting-ip|true-client-ip)$/

/**
 * Whether a program on this machine asks for itself. A proxy that stands on the same machine connects from there too: what it passes on
 * it marks, or it was asked for by the name that readers type.
 */
function isFromHere({ headers, socket }: Pick<IncomingMessage, 'headers' | 'socket'>): boolean {
  if (!loopback.test(socket.remoteAddress ?? '') || !hereByName.test(headers.host ?? '')) return false
  return !Object.keys(headers).some((name) => forwarding.test(name))
}
