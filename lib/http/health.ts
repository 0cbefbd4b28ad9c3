import type { IncomingMessage, ServerResponse } from 'node:http'
import { readHealth } from '#lib/reading/read-health.ts'
import { runtime } from '#lib/runtime.ts'
import { problem } from './problem.ts'

type Answer = { readonly status: number; readonly text: string }

/** Everybody who asks within this time gets the same response, in ms: anybody may ask, and each response takes queries. */
const sharedMs = 1_000
let shared: { readonly at: number; readonly answer: Promise<Answer> } | null = null

/** Whether a request is a health check. */
export function isHealth({ method, url }: IncomingMessage): boolean {
  return method === 'GET' && url === '/api/health'
}

/** Answers GET /api/health, with 503 while this process can't serve; and, in a process without pages, everything else with 404. */
export async function answerHealth(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (!isHealth(request)) {
    const answer = problem('no-such-address', 'This process serves sockets and /api/health; pages are served by those with the role web.')
    response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text())
    return
  }
  const now = performance.now()
  if (shared === null || now - shared.at > sharedMs) shared = { at: now, answer: health() }
  const { status, text } = await shared.answer
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' }).end(text)
}

async function health(): Promise<Answer> {
  const { env, newsroom, hub } = runtime()
  const found = await readHealth(newsroom.store, env.STAYTUNED_ROLE, hub)
  return { status: found.status === 'ok' ? 200 : 503, text: JSON.stringify(found) }
}
