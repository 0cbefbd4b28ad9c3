import { randomBytes } from 'node:crypto'
import { cpSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { z } from 'zod'
import { openEmbeddedDatabase } from '#lib/db/embedded-database.ts'
import { openServerDatabase } from '#lib/db/server-database.ts'
import { openStore, type Store } from '#lib/db/store.ts'

const modules = fileURLToPath(new URL('../node_modules', import.meta.url))

export const migrations = fileURLToPath(new URL('../prisma/migrations', import.meta.url))

const serverUrl = process.env.TEST_DATABASE_URL ?? 'postgres://root@127.0.0.1:5432/test'

/**
 * The kinds of database that a test runs on: the embedded one always, and a server where TEST_DATABASE_URL names one or one
 * answers on 127.0.0.1:5432. Where none does, the run says so; in CI it must be there.
 */
export const databaseKinds: readonly ('embedded' | 'server')[] = (await isServerThere()) ? ['embedded', 'server'] : ['embedded']

async function isServerThere(): Promise<boolean> {
  const client = new pg.Client({ connectionString: serverUrl, connectionTimeoutMillis: 2_000 })
  try {
    await client.connect()
    await client.end()
    return true
  } catch (error) {
    if (process.env.CI || process.env.TEST_DATABASE_URL) throw new Error(`the tests need the PostgreSQL server at ${serverUrl}`, { cause: error })
    console.warn(`No PostgreSQL server at ${serverUrl}: these tests run on the embedded database only.`)
    return false
  }
}

/**
 * Puts an empty embedded database into a data folder: a copy of one that is made once and kept from run to run, for making one
 * takes ten times as long.
 */
export async function putDatabaseInto(folder: string): Promise<void> {
  cpSync(await emptyFolder(), folder, { recursive: true })
}

/** An empty embedded database, in a folder of its own, to be dropped afterwards. */
export async function makeEmbeddedDatabase(): Promise<{ folder: string; drop(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'staytuned-'))
  await putDatabaseInto(folder)
  return { folder, drop: async () => rmSync(folder, { recursive: true, force: true }) }
}

async function emptyFolder(): Promise<string> {
  const { version } = z.object({ version: z.string() }).parse(JSON.parse(readFileSync(join(modules, '@electric-sql/pglite/package.json'), 'utf8')))
  const kept = join(modules, '.cache/staytuned', `empty-${version}`)
  if (existsSync(kept)) return kept
  const made = `${kept}-${process.pid}`
  await (await openEmbeddedDatabase(made)).close()
  try {
    renameSync(made, kept)
  } catch (error) {
    // Another worker was first.
    if (!existsSync(kept)) throw error
    rmSync(made, { recursive: true })
  }
  return kept
}

/** An empty database on the server, with a name of its own, to be dropped afterwards. */
export async function makeServerDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `staytuned_test_${randomBytes(6).toString('hex')}`
  await onServer(`CREATE DATABASE ${name}`)
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return { url: url.href, drop: () => onServer(`DROP DATABASE ${name} WITH (FORCE)`) }
}

async function onServer(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}

/** A store on an empty database of that kind; `close` takes the database away with it. */
export async function openTestStore(kind: 'embedded' | 'server'): Promise<{ store: Store; close(): Promise<void> }> {
  if (kind === 'embedded') {
    const { folder, drop } = await makeEmbeddedDatabase()
    return closedWith(await openStore(await openEmbeddedDatabase(folder), migrations), drop)
  }
  const { url, drop } = await makeServerDatabase()
  return closedWith(await openStore(await openServerDatabase(url), migrations), drop)
}

function closedWith(store: Store, drop: () => Promise<void>) {
  return {
    store,
    async close() {
      await store.close()
      await drop()
    },
  }
}
