import type { IncomingMessage, ServerResponse } from 'node:http'
import { readHealth } from '#lib/reading/read-health.ts'
import { runtime } from '#lib/runtime.ts'
import { problem } from './problem.ts'

/** What GET /api/health answers, with 503 while this process can't serve. */
export async function health(): Promise<Response> {
  const { env, newsroom, hub } = runtime()
  const found = await readHealth(newsroom.store, env.STAYTUNED_ROLE, hub)
  return Response.json(found, { status: found.status === 'ok' ? 200 : 503, headers: { 'cache-control': 'no-store' } })
}

/** All that a process without pages answers over HTTP. */
export async function answerHealth(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const isHealth = request.method === 'GET' && request.url === '/api/health'
  const answer = isHealth
    ? await health()
    : problem('no-such-address', 'This process serves sockets and /api/health; pages are served by those with the role web.')
  response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text())
}
