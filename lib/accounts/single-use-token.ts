import { createHash, randomBytes } from 'node:crypto'

export type SingleUseToken = {
  /** 256 bits of chance, for an address; told once and kept nowhere. */
  readonly token: string
  readonly hash: string
}

export function newToken(): SingleUseToken {
  const token = randomBytes(32).toString('base64url')
  return { token, hash: hashToken(token) }
}

/** What is kept of a token. It has so much chance in it that a quick hash can't be guessed back. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
