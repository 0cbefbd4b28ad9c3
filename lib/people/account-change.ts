import type { AuditAction } from './audit-entry.ts'

const securityActions = [
  'password-changed',
  'password-reset',
  'passkey-added',
  'passkey-removed',
  'two-factor-enabled',
  'two-factor-disabled',
] as const satisfies readonly AuditAction[]

/** A change to what opens an account, by the name that the audit log has for it. */
export type SecurityAction = (typeof securityActions)[number]

/** What one request has changed in an account, for the email that tells its owner. */
export type AccountChange = {
  readonly owner: { readonly name: string; readonly email: string }
  readonly actions: readonly SecurityAction[]
  readonly at: Date
}

export function isSecurityAction(action: AuditAction): action is SecurityAction {
  return securityActions.some((each) => each === action)
}
