import { randomBytes } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'

// argon2id (the library's default) with OWASP's first recommendation.
const cost = { memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 }

/** About 25 ms of one core and 19 MiB, on purpose; runs off the main thread. */
export function hashPassword(password: string): Promise<string> {
  return hash(password, cost)
}

export function verifyPassword({ hash: known, password }: { hash: string; password: string }): Promise<boolean> {
  return verify(known, password)
}

/** A password that nobody chose, with 120 bits of chance in it, in letters that can be read out. */
export function randomPassword(): string {
  return randomBytes(15).toString('base64url')
}
