import { problemDocument } from '#lib/http/problem-document.ts'
import { type ErasureStep, erasableFacts, erasureStep, type NewErasure } from '#lib/story/erasure.ts'
import { type Answered, call } from './desk-api.client.ts'

type Tell = (step: ErasureStep) => void

/** Erases, and tells each step as the server does. `done` too where the answer broke off after the first: it is erased then. */
export function eraseHistory(slug: string, order: NewErasure, tell: Tell): Promise<Answered<null>> {
  return steps(`/api/stories/${slug}/erasures`, order, tell)
}

export function lookForErased(slug: string, words: string, tell: Tell): Promise<Answered<null>> {
  return steps(`/api/stories/${slug}/erasures/check`, { words }, tell)
}

/** The claims and questions of the log, also those that no list has any more. */
export function listErasable(slug: string) {
  return call(`/api/stories/${slug}/erasures`, { method: 'GET' }, erasableFacts)
}

async function steps(path: string, body: unknown, tell: Tell): Promise<Answered<null>> {
  let isBegun = false
  try {
    const response = await fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
    if (!response.ok || !response.body) return { kind: 'problem', problem: problemDocument.parse(await response.json()) }
    for await (const line of lines(response.body)) {
      tell(erasureStep.parse(JSON.parse(line)))
      isBegun = true
    }
    return { kind: 'done', answer: null }
  } catch {
    return isBegun ? { kind: 'done', answer: null } : { kind: 'unreachable' }
  }
}

async function* lines(body: ReadableStream<Uint8Array>): AsyncGenerator<string, void, undefined> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let rest = ''
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    const parts = `${rest}${decoder.decode(read.value, { stream: true })}`.split('\n')
    rest = parts.pop() ?? ''
    yield* parts
  }
}
