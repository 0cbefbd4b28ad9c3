import { createHash } from 'node:crypto'
import type { AuditNote } from '#lib/db/audit-note.ts'
import { networkOf } from '#lib/limits/network.ts'

export type TallyNote = AuditNote & { readonly tallyKey: string }

const windowMs = 3600_000
/** How many entries this process begins in one window for each of many networks. Failures from further networks share entries. */
const maxEntriesPerWindow = 200

/**
 * Returns a function that gives a failure the key of the audit entry that it is counted in: one for each kind of failure, account, network and
 * hour. All accounts that don't exist are one. Once an hour has 200 entries, networks that have none yet share one for each kind and
 * account, without an address: what strangers can write is bounded by the number of accounts, however many networks they have.
 */
export function failureTally() {
  let current = Number.NaN
  const keys = new Set<string>()
  return (note: AuditNote): TallyNote => {
    const window = Math.floor(note.at.getTime() / windowMs)
    if (window !== current) {
      current = window
      keys.clear()
    }
    const keyOf = (network: string) => {
      const parts = [note.action, note.subject.id, note.detail?.method, note.detail?.reason, network, window]
      return createHash('sha256').update(JSON.stringify(parts)).digest('base64url')
    }
    const own = keyOf(networkOf(String(note.detail?.address ?? '')))
    if (!keys.has(own) && keys.size >= maxEntriesPerWindow) {
      return { ...note, detail: { ...note.detail, address: null }, tallyKey: keyOf('others') }
    }
    keys.add(own)
    return { ...note, tallyKey: own }
  }
}
