import { z } from 'zod'
import type { ZodOpenApiMediaTypeObject, ZodOpenApiPathsObject, ZodOpenApiResponsesObject } from 'zod-openapi'
import { account, accountChanges, passwordChange } from '#lib/people/account.ts'
import { auditEntry, auditExportQuery, auditPage, auditQuery } from '#lib/people/audit-entry.ts'
import { acceptance, invitation, newInvitation, passwordReset, resetLink, resetRequest, sentInvitation } from '#lib/people/invitation.ts'
import { listedPerson, personChanges } from '#lib/people/listed-person.ts'

type Content = Record<string, ZodOpenApiMediaTypeObject>

/** How the rest of the document says what is sent and answered. */
export type Parts = {
  readonly json: (description: string, schema: z.ZodType) => { description: string; content: Content }
  readonly sent: (schema: z.ZodType) => { required: boolean; content: Content }
  readonly responses: (
    success: ZodOpenApiResponsesObject,
    ...statuses: (400 | 401 | 403 | 404 | 409 | 410 | 413 | 415 | 422 | 429)[]
  ) => ZodOpenApiResponsesObject
}

const session = [{ session: [] }]
const byId = { path: z.object({ id: z.string() }) }
const nothing = z.object({})
const credentials = z.object({ email: z.email(), password: z.string() })
const password = z.object({ password: z.string() })
const code = z.object({ code: z.string() })
const backupCodes = z.array(z.string())
/** As the WebAuthn API of browsers takes and gives it. */
const webAuthn = z.record(z.string(), z.unknown())
const signedIn = z.object({ twoFactorRedirect: z.boolean().optional().meta({ description: 'The password was right, and a code is asked for' }) })

const everyWrite = [400, 401, 403, 413, 415, 429] as const

/** What of the API is about people: who they are, how they come in, and what they did. */
export function peoplePaths({ json, sent, responses }: Parts): ZodOpenApiPathsObject {
  const post = (operationId: string, summary: string, body: z.ZodType, answers: ZodOpenApiResponsesObject, isOpen = false) => ({
    post: { operationId, summary, ...(isOpen ? {} : { security: session }), requestBody: sent(body), responses: answers },
  })
  return {
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
        responses: responses({ 200: { description: 'Changed' } }, ...everyWrite, 404, 409),
      },
    },
    '/api/people/{id}/password-reset': {
      post: {
        operationId: 'makeResetLink',
        summary: 'A link to set a new password with, once and within an hour; for admins',
        security: session,
        requestParams: byId,
        requestBody: sent(nothing),
        responses: responses({ 201: json('The link, told this once', resetLink) }, ...everyWrite, 404, 409),
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
        responses({ 201: json('The link, told this once', sentInvitation) }, ...everyWrite, 409),
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
      responses({ 200: { description: 'Joined and signed in' } }, 400, 403, 409, 410, 413, 415, 429),
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
      responses({ 200: { description: 'Set' } }, 400, 403, 410, 413, 415, 429),
      true,
    ),
    '/api/account': {
      get: {
        operationId: 'getAccount',
        summary: 'One’s own account, with its sessions and passkeys',
        security: session,
        responses: responses({ 200: json('The account', account) }, 401),
      },
      patch: {
        operationId: 'renameSelf',
        summary: 'Change one’s own name',
        security: session,
        requestBody: sent(accountChanges),
        responses: responses({ 200: { description: 'Changed' } }, ...everyWrite),
      },
    },
    '/api/account/password': post(
      'changeOwnPassword',
      'Change one’s own password; ends one’s other sessions',
      passwordChange,
      responses({ 200: { description: 'Changed' } }, ...everyWrite, 422),
    ),
    '/api/account/sessions': {
      delete: {
        operationId: 'endOtherSessions',
        summary: 'End all of one’s sessions but this one',
        security: session,
        responses: responses({ 204: { description: 'Ended' } }, 401, 403, 429),
      },
    },
    '/api/account/sessions/{id}': {
      delete: {
        operationId: 'endSession',
        summary: 'End one of one’s own sessions',
        security: session,
        requestParams: byId,
        responses: responses({ 204: { description: 'Ended' } }, 401, 403, 404, 429),
      },
    },
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
    '/api/auth/sign-in/email': post(
      'signIn',
      'Sign in; the answer sets the session cookie, or one for the second factor',
      credentials,
      responses({ 200: json('Signed in, or the password was right', signedIn) }, 400, 401, 403, 429),
      true,
    ),
    '/api/auth/sign-out': post('signOut', 'End the session', nothing, { 200: { description: 'Signed out' } }, true),
    '/api/auth/get-session': {
      get: {
        operationId: 'getSession',
        summary: 'Who is signed in; null for nobody',
        responses: { 200: { description: 'The session and its person' } },
      },
    },
    '/api/auth/two-factor/enable': post(
      'beginTwoFactor',
      'Begin to turn two-factor on: what an app makes codes with. Nothing is asked for them until one was verified',
      password,
      responses({ 200: json('For the app', z.object({ totpURI: z.string(), backupCodes })) }, 400, 401, 403, 422, 429),
    ),
    '/api/auth/two-factor/verify-totp': post(
      'verifyCode',
      'A code from the app: turns two-factor on, or goes on with a sign-in',
      code,
      responses({ 200: { description: 'The code is right' } }, 400, 401, 403, 422, 429),
    ),
    '/api/auth/two-factor/verify-backup-code': post(
      'verifyBackupCode',
      'Go on with a sign-in by a backup code, which works once',
      code,
      responses({ 200: { description: 'Signed in' } }, 400, 401, 403, 422, 429),
      true,
    ),
    '/api/auth/two-factor/generate-backup-codes': post(
      'makeBackupCodes',
      'New backup codes in the place of the old ones',
      password,
      responses({ 200: json('The codes, told this once', z.object({ backupCodes })) }, 400, 401, 403, 422, 429),
    ),
    '/api/auth/two-factor/disable': post(
      'turnTwoFactorOff',
      'Turn two-factor off',
      password,
      responses({ 200: { description: 'Off' } }, 400, 401, 403, 422, 429),
    ),
    '/api/auth/passkey/generate-register-options': {
      get: {
        operationId: 'beginPasskey',
        summary: 'What a browser makes a passkey with; 403 if one signed in more than a day ago',
        security: session,
        responses: responses({ 200: json('For the browser', webAuthn) }, 401, 403),
      },
    },
    '/api/auth/passkey/verify-registration': post(
      'addPasskey',
      'Add the passkey that a browser has made',
      z.object({ response: webAuthn, name: z.string().optional() }),
      responses({ 200: { description: 'Added' } }, 400, 401, 403),
    ),
    '/api/auth/passkey/update-passkey': post(
      'renamePasskey',
      'Give one of one’s own passkeys another name',
      z.object({ id: z.string(), name: z.string() }),
      responses({ 200: { description: 'Renamed' } }, 400, 401, 403, 404),
    ),
    '/api/auth/passkey/delete-passkey': post(
      'removePasskey',
      'Remove one of one’s own passkeys',
      z.object({ id: z.string() }),
      responses({ 200: { description: 'Removed' } }, 400, 401, 403, 404),
    ),
    '/api/auth/passkey/generate-authenticate-options': {
      get: {
        operationId: 'beginPasskeySignIn',
        summary: 'What a browser signs in with a passkey with',
        responses: { 200: json('For the browser', webAuthn) },
      },
    },
    '/api/auth/passkey/verify-authentication': post(
      'signInWithPasskey',
      'Sign in with what a passkey has signed; the answer sets the session cookie',
      z.object({ response: webAuthn }),
      responses({ 200: { description: 'Signed in' } }, 400, 401, 403, 429),
      true,
    ),
  }
}
