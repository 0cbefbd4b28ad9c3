import { setTimeout } from 'node:timers/promises'
import { runtime } from '#lib/runtime.ts'

const triesWithinMs = 60_000
const againAfterMs = 500

/** Fetches a path from this server, as a reader would. Retries for up to a minute while the server is busy (503). */
export async function askOwn(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  const begun = performance.now()
  while (true) {
    const answer = await fetch(runtime().addresses.own + path, { redirect: 'manual', headers })
    if (answer.status !== 503 || performance.now() - begun > triesWithinMs) return answer
    await answer.body?.cancel()
    await setTimeout(againAfterMs)
  }
}
