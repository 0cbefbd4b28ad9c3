import { setTimeout } from 'node:timers/promises'
import { runtime } from '#lib/runtime.ts'

const triesWithinMs = 60_000
const againAfterMs = 500

/** Asks this very server for a path, as one of its readers does. While it has too much to do (503), asks again, for a minute at most. */
export async function askOwn(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  const begun = performance.now()
  while (true) {
    const answer = await fetch(runtime().addresses.own + path, { redirect: 'manual', headers })
    if (answer.status !== 503 || performance.now() - begun > triesWithinMs) return answer
    await answer.body?.cancel()
    await setTimeout(againAfterMs)
  }
}
