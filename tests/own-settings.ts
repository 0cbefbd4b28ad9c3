import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type DatabaseKind, makeServerDatabase, putDatabaseInto } from './databases.ts'

export type OwnSettings = { readonly settings: Readonly<Record<string, string>>; readonly data: string; drop(): Promise<void> }

/** Settings with which a program has an empty data folder and a database of that kind to itself; to be dropped afterwards. */
export async function ownSettings(kind: DatabaseKind): Promise<OwnSettings> {
  const data = mkdtempSync(join(tmpdir(), 'staytuned-'))
  const database = kind === 'server' ? await makeServerDatabase() : null
  if (!database) await putDatabaseInto(data)
  return {
    settings: { STAYTUNED_DATA: data, ...(database ? { DATABASE_URL: database.url } : {}) },
    data,
    async drop() {
      await database?.drop()
      rmSync(data, { recursive: true })
    },
  }
}
