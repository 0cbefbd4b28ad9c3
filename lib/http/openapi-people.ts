import { z } from 'zod'
import type { ZodOpenApiPathsObject } from 'zod-openapi'
import { auditEntry, auditExportQuery, auditPage, auditQuery } from '#lib/people/audit-entry.ts'
import { invitation, newInvitation, resetLink, resetRequest, sentInvitation } from '#lib/people/invitation.ts'
import { listedPerson, personChanges } from '#lib/people/listed-person.ts'
import { acceptance, passwordReset } from '#lib/people/password-bodies.ts'
import { everyBody, everyWrite, json, post, responses, sent, session } from './openapi-parts.ts'

const byId = { path: z.object({ id: z.string() }) }

/** What of the API is about people: who they are, how they come in, and what they did. */
export const peoplePaths: ZodOpenApiPathsObject = {
  '/api/people': {
    get: {
      operationId: 'listPeople',
      summary: 'Everybody who may sign in, and who no longer may; for admins',
      security: session,
      responses: responses({ 200: json('Everybody', z.object({ people: z.array(listedPerson) })) }, 401, 403),
    },
  },
  '/api/people/{id}': {
    patch: {
      operationId: 'changePerson',
      summary: 'Change a name or a role, deactivate or reactivate; for admins',
      description: '`active: false` ends all sessions of that person at once. The last admin stays one, and nobody deactivates themself.',
      security: session,
      requestParams: byId,
      requestBody: sent(personChanges),
      responses: responses({ 200: { description: 'Changed' } }, ...everyWrite, ...everyBody, 404, 409),
    },
  },
  '/api/people/{id}/password-reset': {
    post: {
      operationId: 'makeResetLink',
      summary: 'A link to set a new password with, once and within an hour; for admins',
      security: session,
      requestParams: byId,
      requestBody: sent(z.object({})),
      responses: responses({ 201: json('The link, told this once', resetLink) }, ...everyWrite, ...everyBody, 404, 409),
    },
  },
  '/api/invitations': {
    get: {
      operationId: 'listInvitations',
      summary: 'Who was invited and hasn’t come; for admins',
      security: session,
      responses: responses({ 200: json('The invitations', z.object({ invitations: z.array(invitation) })) }, 401, 403),
    },
    ...post(
      'invite',
      'Invite somebody by a link that works once and for a week; for admins',
      newInvitation,
      responses({ 201: json('The link, told this once', sentInvitation) }, ...everyWrite, ...everyBody, 409),
    ),
  },
  '/api/invitations/{id}': {
    delete: {
      operationId: 'withdrawInvitation',
      summary: 'Take an invitation back; for admins',
      security: session,
      requestParams: byId,
      responses: responses({ 204: { description: 'Its link no longer works' } }, 401, 403, 404, 429),
    },
  },
  '/api/invitations/accept': post(
    'acceptInvitation',
    'Join with the token of an invitation; the answer sets the session cookie',
    acceptance,
    responses({ 200: { description: 'Joined and signed in' } }, 400, 403, 409, 410, 413, 415, 429, 503),
    true,
  ),
  '/api/password-resets': post(
    'askForReset',
    'Have a link to set a new password sent by mail; 409 where no mail server is set',
    resetRequest,
    responses({ 202: { description: 'The same whether somebody has that address or not' } }, 400, 403, 409, 413, 415, 429),
    true,
  ),
  '/api/password-resets/use': post(
    'resetPassword',
    'Set a password with the token of a link; ends all sessions',
    passwordReset,
    responses({ 200: { description: 'Set' } }, 400, 403, 410, 413, 415, 429, 503),
    true,
  ),
  '/api/audit': {
    get: {
      operationId: 'readAudit',
      summary: 'Who did what, newest first; for admins',
      security: session,
      requestParams: { query: auditQuery },
      responses: responses({ 200: json('The entries, and the cursor of the next older ones', auditPage) }, 400, 401, 403),
    },
  },
  '/api/audit/export': {
    get: {
      operationId: 'exportAudit',
      summary: 'The same as a file, the whole of it',
      security: session,
      requestParams: { query: auditExportQuery },
      responses: responses(
        {
          200: {
            description: 'As CSV, in which no cell is a formula, or as an entry a line',
            content: { 'text/csv': { schema: z.string() }, 'application/x-ndjson': { schema: auditEntry } },
          },
        },
        400,
        401,
        403,
      ),
    },
  },
}
