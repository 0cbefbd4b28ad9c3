import { z } from 'zod'
import type { ClaimChanges, NewAssessment, NewClaim } from '#lib/story/claim.ts'
import type { NewAnswer, NewQuestion, QuestionChanges } from '#lib/story/question.ts'
import { call } from './desk-api.client.ts'

const anything = z.unknown()

/** With the same key it is written once, however often it is sent. */
export function makeClaim(slug: string, claim: Omit<NewClaim, 'assessment'>, idempotencyKey: string) {
  return call(`/api/stories/${slug}/claims`, { method: 'POST', body: claim, headers: { 'idempotency-key': idempotencyKey } }, anything)
}

/** Changes a claim or a question, if it still has the version that the change was made to. */
function changeFact(slug: string, path: string, method: 'PATCH' | 'POST', version: number, body: unknown) {
  return call(`/api/stories/${slug}/${path}`, { method, body, headers: { 'if-match': String(version) } }, anything)
}

export function reviseClaim(slug: string, id: string, version: number, changes: ClaimChanges) {
  return changeFact(slug, `claims/${id}`, 'PATCH', version, changes)
}

export function assessClaim(slug: string, id: string, version: number, assessment: NewAssessment) {
  return changeFact(slug, `claims/${id}/assessments`, 'POST', version, assessment)
}

export function withdrawClaim(slug: string, id: string, version: number, notice: string) {
  return changeFact(slug, `claims/${id}/withdraw`, 'POST', version, { notice })
}

/** With the same key it is written once, however often it is sent. */
export function raiseQuestion(slug: string, question: NewQuestion, idempotencyKey: string) {
  return call(`/api/stories/${slug}/questions`, { method: 'POST', body: question, headers: { 'idempotency-key': idempotencyKey } }, anything)
}

export function reviseQuestion(slug: string, id: string, version: number, changes: QuestionChanges) {
  return changeFact(slug, `questions/${id}`, 'PATCH', version, changes)
}

export function answerQuestion(slug: string, id: string, version: number, answer: NewAnswer) {
  return changeFact(slug, `questions/${id}/answers`, 'POST', version, answer)
}

export function withdrawQuestion(slug: string, id: string, version: number, notice: string) {
  return changeFact(slug, `questions/${id}/withdraw`, 'POST', version, { notice })
}
