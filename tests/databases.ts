import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { openEmbeddedDatabase } from '#lib/db/embedded-database.ts'
import { openServerDatabase } from '#lib/db/server-database.ts'
import { openStore, type Store } from '#lib/db/store.ts'

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
    const store = await openStore(await openEmbeddedDatabase(), migrations)
    return { store, close: () => store.close() }
  }
  const { url, drop } = await makeServerDatabase()
  const store = await openStore(await openServerDatabase(url), migrations)
  return {
    store,
    async close() {
      await store.close()
      await drop()
    },
  }
}
