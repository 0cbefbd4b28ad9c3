import type { ErasedHistory } from '#lib/newsroom/erase-history.ts'
import { proveErasure } from '#lib/newsroom/prove-erasure.ts'
import { runtime } from '#lib/runtime.ts'
import type { ErasureStep } from '#lib/story/erasure.ts'
import { askOwn } from './ask-own.ts'
import { jsonLines, readAhead, textStream } from './text-stream.ts'

/** Lines of JSON, a step each as it is done. The proof goes on if nobody waits for it: the audit log is to have it. */
export function provingAnswer(request: Request, erased: ErasedHistory): Response {
  return new Response(textStream(jsonLines(readAhead(prove(request, erased)))), {
    // Neither compressed nor kept back on the way: each line is to be seen when it is said.
    headers: { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store, no-transform', 'x-accel-buffering': 'no' },
  })
}

async function* prove(request: Request, erased: ErasedHistory): AsyncGenerator<ErasureStep, void, undefined> {
  const { newsroom, media, log } = runtime()
  const cookie = request.headers.get('cookie') ?? ''
  const ask = async (path: string, as: 'reader' | 'desk') => {
    const answer = await askOwn(path, as === 'desk' ? { cookie } : {})
    return { status: answer.status, text: await answer.text() }
  }
  yield* proveErasure({ newsroom, media, ask, report: (what, error) => log.error({ err: error }, what) }, erased)
}
