import { randomBytes, randomUUID } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The secret that sessions are signed with: made at the first start and kept in the data folder, where only its owner can read it. */
export function keptSecret(folder: string): string {
  mkdirSync(folder, { recursive: true })
  const file = join(folder, 'secret')
  const made = `${file}-${randomUUID()}`
  writeFileSync(made, randomBytes(32).toString('base64url'), { mode: 0o600 })
  try {
    // There at once as a whole, or not at all: others that start now would read half of it.
    linkSync(made, file)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  } finally {
    rmSync(made)
  }
  return readFileSync(file, 'utf8')
}
