import { createHash } from 'node:crypto'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import { takePoint } from '#lib/limits/rate-limit.ts'

const limiter = new RateLimiterMemory({ points: 3, duration: 3600 })

/** Counts an email with a link to reset a password. Returns whether it may be sent: three an hour to one address, whoever asks for them. */
export async function mayMailReset(email: string): Promise<boolean> {
  return (await takePoint(limiter, createHash('sha256').update(email).digest('base64'))) === 0
}
