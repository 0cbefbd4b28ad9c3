import type { PublicKeyCredentialCreationOptionsJSON, PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/browser'
import { z } from 'zod'
import { type Answered, call } from './desk-api.client.ts'

/** `refused`: the browser or the person did not go on with it; nothing was changed. */
export type PasskeyAnswer = Answered<unknown> | { readonly kind: 'refused' }

const anything = z.unknown()

/** Has the browser make a passkey for the person who is signed in, and whose current password that is. The code for it is loaded now. */
export async function addPasskey(name: string, password: string): Promise<PasskeyAnswer> {
  const options = await call('/api/auth/passkey/generate-register-options', { method: 'POST', body: { password } }, anything)
  if (options.kind !== 'done') return options
  const { startRegistration } = await import('@simplewebauthn/browser')
  try {
    // The browser itself checks them.
    const response = await startRegistration({ optionsJSON: options.answer as PublicKeyCredentialCreationOptionsJSON })
    return call('/api/auth/passkey/verify-registration', { method: 'POST', body: { response, name } }, anything)
  } catch {
    return { kind: 'refused' }
  }
}

/** Signs in with a passkey that the browser has, whoever's it is. */
export async function signInWithPasskey(): Promise<PasskeyAnswer> {
  const options = await call('/api/auth/passkey/generate-authenticate-options', { method: 'GET' }, anything)
  if (options.kind !== 'done') return options
  const { startAuthentication } = await import('@simplewebauthn/browser')
  try {
    const response = await startAuthentication({ optionsJSON: options.answer as PublicKeyCredentialRequestOptionsJSON })
    return call('/api/auth/passkey/verify-authentication', { method: 'POST', body: { response } }, anything)
  } catch {
    return { kind: 'refused' }
  }
}
