import { z } from 'zod'
import type { ZodOpenApiPathsObject } from 'zod-openapi'
import { claimChanges, newAssessment, newClaim } from '#lib/story/claim.ts'
import { newAnswer, newQuestion, questionChanges } from '#lib/story/question.ts'
import { slug } from '#lib/story/story.ts'
import { withdrawal } from '#lib/story/update.ts'
import { everyBody, everyWrite, json, responses, sent, session } from './openapi-parts.ts'
import { idempotencyKey } from './queries.ts'

const writtenFact = z.object({ id: z.uuid(), seq: z.int(), version: z.int() }).meta({ id: 'WrittenFact' })
const inStory = { path: z.object({ slug }) }
const inFact = { path: z.object({ slug, id: z.uuid() }) }
const keyed = z.object({ 'Idempotency-Key': idempotencyKey.optional() })
const matched = z.object({ 'If-Match': z.string() })
const changed = responses({ 200: json('Changed', writtenFact) }, ...everyWrite, ...everyBody, 404, 409, 412)

/** What of the API is about what is claimed and what nobody knows yet. Readers get both with the view. */
export const factPaths: ZodOpenApiPathsObject = {
  '/api/stories/{slug}/claims': {
    post: {
      operationId: 'makeClaim',
      summary: 'Note what somebody says is so',
      security: session,
      requestParams: { ...inStory, header: keyed },
      requestBody: sent(newClaim),
      responses: responses({ 201: json('Written', writtenFact) }, ...everyWrite, ...everyBody, 404, 409, 422),
    },
  },
  '/api/stories/{slug}/claims/{id}': {
    patch: {
      operationId: 'reviseClaim',
      summary: 'Say a claim, or who makes it, better',
      security: session,
      requestParams: { ...inFact, header: matched },
      requestBody: sent(claimChanges),
      responses: changed,
    },
  },
  '/api/stories/{slug}/claims/{id}/assessments': {
    post: {
      operationId: 'assessClaim',
      summary: 'Say how a claim stands now, why, and what that rests on',
      security: session,
      requestParams: { ...inFact, header: matched },
      requestBody: sent(newAssessment),
      responses: responses({ 201: json('Written', writtenFact) }, ...everyWrite, ...everyBody, 404, 409, 412),
    },
  },
  '/api/stories/{slug}/claims/{id}/withdraw': {
    post: {
      operationId: 'withdrawClaim',
      summary: 'Take a claim off the list that never should have been on it',
      security: session,
      requestParams: { ...inFact, header: matched },
      requestBody: sent(withdrawal),
      responses: changed,
    },
  },
  '/api/stories/{slug}/questions': {
    post: {
      operationId: 'raiseQuestion',
      summary: 'Say what nobody knows yet',
      security: session,
      requestParams: { ...inStory, header: keyed },
      requestBody: sent(newQuestion),
      responses: responses({ 201: json('Written', writtenFact) }, ...everyWrite, ...everyBody, 404, 409, 422),
    },
  },
  '/api/stories/{slug}/questions/{id}': {
    patch: {
      operationId: 'reviseQuestion',
      summary: 'Ask a question better',
      security: session,
      requestParams: { ...inFact, header: matched },
      requestBody: sent(questionChanges),
      responses: changed,
    },
  },
  '/api/stories/{slug}/questions/{id}/answers': {
    post: {
      operationId: 'answerQuestion',
      summary: 'Say what became of a question: its answer, that there will be none, or that it is open again',
      security: session,
      requestParams: { ...inFact, header: matched },
      requestBody: sent(newAnswer),
      responses: responses({ 201: json('Written', writtenFact) }, ...everyWrite, ...everyBody, 404, 409, 412),
    },
  },
  '/api/stories/{slug}/questions/{id}/withdraw': {
    post: {
      operationId: 'withdrawQuestion',
      summary: 'Take a question off the list that never should have been on it',
      security: session,
      requestParams: { ...inFact, header: matched },
      requestBody: sent(withdrawal),
      responses: changed,
    },
  },
}
