import { z } from 'zod'
import type { ZodOpenApiPathsObject } from 'zod-openapi'
import { account, accountChanges } from '#lib/people/account.ts'
import { authBodies } from '#lib/people/auth-bodies.ts'
import { passwordChange } from '#lib/people/password-bodies.ts'
import { everyBody, everyWrite, json, post, responses, sent, session } from './openapi-parts.ts'

const backupCodes = z.array(z.string())
/** As the WebAuthn API of browsers takes and gives it. */
const webAuthn = z.record(z.string(), z.unknown())
const signedIn = z.object({ twoFactorRedirect: z.boolean().optional().meta({ description: 'The password was right, and a code is asked for' }) })

/** What of the API is about one's own account, and about signing in and out of it. */
export const accountPaths: ZodOpenApiPathsObject = {
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
      responses: responses({ 200: { description: 'Changed' } }, ...everyWrite, ...everyBody),
    },
  },
  '/api/account/password': post(
    'changeOwnPassword',
    'Change one’s own password; the answer sets a new session cookie. Ends one’s other sessions and, unless told not to, removes one’s passkeys',
    passwordChange,
    responses({ 200: { description: 'Changed' } }, ...everyWrite, ...everyBody, 422, 503),
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
      requestParams: { path: z.object({ id: z.string() }) },
      responses: responses({ 204: { description: 'Ended' } }, 401, 403, 404, 429),
    },
  },
  '/api/auth/sign-in/email': post(
    'signIn',
    'Sign in; the answer sets the session cookie, or one for the second factor',
    authBodies['/sign-in/email'],
    responses({ 200: json('Signed in, or the password was right', signedIn) }, 400, 401, 403, 429, 503),
    true,
  ),
  '/api/auth/sign-out': post('signOut', 'End the session', authBodies['/sign-out'], { 200: { description: 'Signed out' } }, true),
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
    authBodies['/two-factor/enable'],
    responses({ 200: json('For the app', z.object({ totpURI: z.string(), backupCodes })) }, 400, 401, 403, 422, 429, 503),
  ),
  '/api/auth/two-factor/verify-totp': post(
    'verifyCode',
    'A code from the app: turns two-factor on, or goes on with a sign-in',
    authBodies['/two-factor/verify-totp'],
    responses({ 200: { description: 'The code is right' } }, 400, 401, 403, 422, 429),
  ),
  '/api/auth/two-factor/verify-backup-code': post(
    'verifyBackupCode',
    'Go on with a sign-in by a backup code, which works once',
    authBodies['/two-factor/verify-backup-code'],
    responses({ 200: { description: 'Signed in' } }, 400, 401, 403, 422, 429),
    true,
  ),
  '/api/auth/two-factor/generate-backup-codes': post(
    'makeBackupCodes',
    'New backup codes in the place of the old ones',
    authBodies['/two-factor/generate-backup-codes'],
    responses({ 200: json('The codes, told this once', z.object({ backupCodes })) }, 400, 401, 403, 422, 429, 503),
  ),
  '/api/auth/two-factor/disable': post(
    'turnTwoFactorOff',
    'Turn two-factor off',
    authBodies['/two-factor/disable'],
    responses({ 200: { description: 'Off' } }, 400, 401, 403, 422, 429, 503),
  ),
  '/api/auth/passkey/generate-register-options': post(
    'beginPasskey',
    'What a browser makes one passkey with, for the current password; 403 if one signed in more than a day ago',
    authBodies['/passkey/generate-register-options'],
    responses({ 200: json('For the browser', webAuthn) }, 400, 401, 403, 422, 429),
  ),
  '/api/auth/passkey/verify-registration': post(
    'addPasskey',
    'Add the passkey that a browser has made',
    authBodies['/passkey/verify-registration'],
    responses({ 200: { description: 'Added' } }, 400, 401, 403),
  ),
  '/api/auth/passkey/update-passkey': post(
    'renamePasskey',
    'Give one of one’s own passkeys another name',
    authBodies['/passkey/update-passkey'],
    responses({ 200: { description: 'Renamed' } }, 400, 401, 403, 404),
  ),
  '/api/auth/passkey/delete-passkey': post(
    'removePasskey',
    'Remove one of one’s own passkeys, for the current password',
    authBodies['/passkey/delete-passkey'],
    responses({ 200: { description: 'Removed' } }, 400, 401, 403, 404, 422, 429, 503),
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
    authBodies['/passkey/verify-authentication'],
    responses({ 200: { description: 'Signed in' } }, 400, 401, 403, 429),
    true,
  ),
}
