import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Logger } from 'pino'
import { withRequestId } from '#lib/log/request-context.ts'
import { shownPath } from '#lib/log/shown-path.ts'
import type { Metrics, RouteKind } from '#lib/metrics/metrics.ts'

type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void>

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])
const plainId = /^[\w-]{8,64}$/

/**
 * Gives each request an id, that of our own `proxies` where they have given it one, and says so in the answer and in each line of the
 * log. Routes find it in the request's own X-Request-Id. When the answer is over, it is counted, and a line is written: failures always.
 */
export function watchRequests(log: Logger, metrics: Metrics, proxies: number) {
  return (request: IncomingMessage, response: ServerResponse, handle: Handle): Promise<void> => {
    const id = (proxies > 0 && givenId(request)) || randomUUID()
    request.headers['x-request-id'] = id
    response.setHeader('X-Request-Id', id)
    const begun = performance.now()
    const { method = '', url = '' } = request
    response.once('close', () => {
      const ms = performance.now() - begun
      const { statusCode: status } = response
      // Whoever has gone before the end was answered with nothing.
      const statusClass = response.writableFinished ? `${Math.floor(status / 100)}xx` : 'aborted'
      metrics.request(methods.has(method) ? method : 'other', routeKindOf(url), statusClass, ms / 1000)
      // An attack can cause very many of these; lib/server.ts logs one line a minute.
      const isPutOff = status === 503 && response.hasHeader('retry-after')
      const level = status >= 500 && !isPutOff ? 'warn' : 'debug'
      if (log.isLevelEnabled(level)) log[level]({ request: id, method, path: shownPath(url), status, ms: Math.round(ms) }, 'request answered')
    })
    return withRequestId(id, () => handle(request, response))
  }
}

function givenId({ headers }: IncomingMessage): string | null {
  const given = headers['x-request-id']
  return typeof given === 'string' && plainId.test(given) ? given : null
}

function routeKindOf(url: string): RouteKind {
  const [, first = ''] = url.split(/[/?]/, 2)
  if (first === 'api' || first === 'media') return first
  return first === '' || first === 'stories' || first === 'admin' ? 'page' : 'other'
}
