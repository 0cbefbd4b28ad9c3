import type { z } from 'zod'
import type { ZodOpenApiResponsesObject } from 'zod-openapi'
import { problemDocument } from './problem-document.ts'

// How the OpenAPI document says what is sent and answered.

/** For those who are signed in. */
export const session = [{ session: [] }]

const errors = {
  400: 'Something that was sent is not right; `issues` says what',
  401: 'Nobody is signed in',
  403: 'Not allowed, or sent by a page of another site',
  404: 'There is no such thing',
  409: 'It is not in a state for that',
  410: 'The link was used, was taken back, or its time is over',
  412: 'Changed meanwhile; `current` is how it reads now',
  413: 'More than 256 KB',
  415: 'Not JSON',
  422: 'The Idempotency-Key came before with another request, or the password or code is not right',
  429: 'Too many; `Retry-After` says when again',
  503: 'The server is busy; `Retry-After` says when again',
} as const

export function responses(success: ZodOpenApiResponsesObject, ...statuses: (keyof typeof errors)[]): ZodOpenApiResponsesObject {
  return { ...success, ...Object.fromEntries(statuses.map((status) => [String(status), problemOf(errors[status])])) }
}

export function problemOf(description: string) {
  return { description, content: { 'application/problem+json': { schema: problemDocument } } }
}

export function json(description: string, schema: z.ZodType) {
  return { description, content: { 'application/json': { schema } } }
}

export function sent(schema: z.ZodType) {
  return { required: true, content: { 'application/json': { schema } } }
}

/** What every write may be answered, and what every one with a body may be besides. */
export const everyWrite = [401, 403, 429] as const
export const everyBody = [400, 413, 415] as const

/** A call by POST, for whoever is signed in; or for everybody. */
export function post(operationId: string, summary: string, body: z.ZodType, answers: ZodOpenApiResponsesObject, isOpen = false) {
  return { post: { operationId, summary, ...(isOpen ? {} : { security: session }), requestBody: sent(body), responses: answers } }
}
