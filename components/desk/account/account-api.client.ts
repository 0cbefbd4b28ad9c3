import { z } from 'zod'
import { account } from '#lib/people/account.ts'
import type { PasswordChange } from '#lib/people/password-bodies.ts'
import { call } from '../desk-api.client.ts'

const anything = z.unknown()
const begunTwoFactor = z.object({ totpURI: z.string(), backupCodes: z.array(z.string()) })

export function readAccount() {
  return call('/api/account', { method: 'GET' }, account)
}

export function rename(name: string) {
  return call('/api/account', { method: 'PATCH', body: { name } }, anything)
}

/** Ends all other sessions too, and removes all passkeys if that is asked for. */
export function changePassword(change: PasswordChange) {
  return call('/api/account/password', { method: 'POST', body: change }, anything)
}

export function endSession(id: string) {
  return call(`/api/account/sessions/${encodeURIComponent(id)}`, { method: 'DELETE' }, anything)
}

export function endOtherSessions() {
  return call('/api/account/sessions', { method: 'DELETE' }, anything)
}

/** What an app needs to make codes. Nothing is asked for them until one was confirmed. */
export function beginTwoFactor(password: string) {
  return call('/api/auth/two-factor/enable', { method: 'POST', body: { password } }, begunTwoFactor)
}

export function confirmTwoFactor(code: string) {
  return call('/api/auth/two-factor/verify-totp', { method: 'POST', body: { code } }, anything)
}

export function turnTwoFactorOff(password: string) {
  return call('/api/auth/two-factor/disable', { method: 'POST', body: { password } }, anything)
}

/** New ones, in the place of those from before. */
export function makeBackupCodes(password: string) {
  return call('/api/auth/two-factor/generate-backup-codes', { method: 'POST', body: { password } }, z.object({ backupCodes: z.array(z.string()) }))
}

export function renamePasskey(id: string, name: string) {
  return call('/api/auth/passkey/update-passkey', { method: 'POST', body: { id, name } }, anything)
}

export function removePasskey(id: string, password: string) {
  return call('/api/auth/passkey/delete-passkey', { method: 'POST', body: { id, password } }, anything)
}
