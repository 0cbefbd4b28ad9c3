import { createHash, randomBytes } from 'node:crypto'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { z } from 'zod'
import type { Person } from '#lib/accounts/person.ts'
import type { Database } from '#lib/db/database.ts'
import { openEmbeddedDatabase } from '#lib/db/embedded-database.ts'
import { applyMigrations } from '#lib/db/migrations.ts'
import { openServerDatabase } from '#lib/db/server-database.ts'
import { openStore, type Store } from '#lib/db/store.ts'

const modules = fileURLToPath(new URL('../node_modules', import.meta.url))

export const migrations = fileURLToPath(new URL('../prisma/migrations', import.meta.url))

const serverUrl = process.env.TEST_DATABASE_URL ?? 'postgres://root@127.0.0.1:5432/test'

export type DatabaseKind = 'embedded' | 'server'

/** `migrated` has the schema of this source and no rows; `empty` has no tables at all. */
export type Schema = 'migrated' | 'empty'

/**
 * The kinds of database that a test runs on: the embedded one always, and a server where TEST_DATABASE_URL names one or one
 * answers on 127.0.0.1:5432. Without a server the run says so; in CI it must be there. TEST_DATABASES=embedded leaves the server out.
 */
export const databaseKinds: readonly DatabaseKind[] = (await hasServer()) ? ['embedded', 'server'] : ['embedded']

/** The kind for tests of what doesn't depend on the database: the server, where there is one, for programs start sooner on it. */
export const anyKind: DatabaseKind = databaseKinds.at(-1) ?? 'embedded'

async function hasServer(): Promise<boolean> {
  if (process.env.TEST_DATABASES === 'embedded') return false
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

/** Puts an embedded database into a data folder, by copying a cached one: creating a cluster and migrating it takes ten times as long. */
export async function putDatabaseInto(folder: string, schema: Schema = 'migrated'): Promise<void> {
  cpSync(await cachedFolder(schema), folder, { recursive: true })
}

/** An embedded database in a new temporary folder, which `drop` removes. */
export async function makeEmbeddedDatabase(schema: Schema = 'migrated'): Promise<{ folder: string; drop(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'staytuned-'))
  await putDatabaseInto(folder, schema)
  return { folder, drop: async () => rmSync(folder, { recursive: true, force: true }) }
}

/** The cached data folder with that schema, made if this version of PGlite and these migrations have none yet. */
async function cachedFolder(schema: Schema): Promise<string> {
  const { version } = z.object({ version: z.string() }).parse(JSON.parse(readFileSync(join(modules, '@electric-sql/pglite/package.json'), 'utf8')))
  const cached = join(modules, '.cache/staytuned', schema === 'empty' ? `empty-${version}` : `migrated-${version}-${migrationsHash()}`)
  if (existsSync(cached)) return cached
  const made = `${cached}-${process.pid}`
  if (schema === 'migrated') await putDatabaseInto(made, 'empty')
  await close(await openEmbeddedDatabase(made), schema)
  try {
    renameSync(made, cached)
  } catch (error) {
    // Another worker was first.
    if (!existsSync(cached)) throw error
    rmSync(made, { recursive: true })
  }
  return cached
}

/** Closes a new database, after bringing it to the schema that is wanted. */
async function close(database: Database, schema: Schema): Promise<void> {
  try {
    if (schema === 'migrated') await applyMigrations(database, migrations)
  } finally {
    await database.close()
  }
}

/** Identifies the migrations of this source: their names and texts, in order. */
function migrationsHash(): string {
  const hash = createHash('sha256')
  for (const name of readdirSync(migrations).sort()) {
    const file = join(migrations, name, 'migration.sql')
    if (existsSync(file)) hash.update(name).update(readFileSync(file))
  }
  return hash.digest('hex').slice(0, 12)
}

/** A database on the server with a name of its own, which `drop` removes. */
export async function makeServerDatabase(schema: Schema = 'migrated'): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `staytuned_test_${randomBytes(6).toString('hex')}`
  if (schema === 'empty') await onServer(`CREATE DATABASE ${name}`)
  else await copyTemplate(name)
  return { url: urlOf(name), drop: () => onServer(`DROP DATABASE ${name} WITH (FORCE)`) }
}

const templatePrefix = 'staytuned_template_'

/** Copies the migrated template, which stays on the server from run to run; those of other migrations are dropped. */
async function copyTemplate(name: string): Promise<void> {
  const template = `${templatePrefix}${migrationsHash()}`
  const client = new pg.Client({ connectionString: serverUrl })
  await client.connect()
  try {
    // Workers that start at once make one template between them; nobody may be connected to it while it is copied.
    await client.query('SELECT pg_advisory_lock(hashtext($1))', [templatePrefix])
    const { rows } = await client.query<{ datname: string }>(`SELECT datname FROM pg_database WHERE datname LIKE '${templatePrefix}%'`)
    if (!rows.some(({ datname }) => datname === template)) {
      for (const { datname } of rows) await client.query(`DROP DATABASE IF EXISTS ${datname} WITH (FORCE)`)
      const unfinished = `staytuned_test_${randomBytes(6).toString('hex')}`
      await client.query(`CREATE DATABASE ${unfinished}`)
      await close(await openServerDatabase(urlOf(unfinished)), 'migrated')
      await client.query(`ALTER DATABASE ${unfinished} RENAME TO ${template}`)
    }
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${template}`)
  } finally {
    await client.end()
  }
}

function urlOf(name: string): string {
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  // No test crashes this server (tests/own-postgres.ts is for that), so no commit has to wait for the disk.
  url.searchParams.set('options', '-c synchronous_commit=off')
  return url.href
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

/** Embedded databases that tests of this worker have given back, emptied: opening another takes a second and a half of a processor. */
const idle: Database[] = []

async function takeEmbeddedDatabase(): Promise<Database> {
  const database = idle.pop()
  if (database) return database
  const folder = mkdtempSync(join(process.env.TEST_FOLDER ?? tmpdir(), 'staytuned-'))
  await putDatabaseInto(folder)
  return openEmbeddedDatabase(folder)
}

async function giveBack(database: Database): Promise<void> {
  await database.session(async (run) => {
    const tables = await run(`SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'`, [])
    await run(`TRUNCATE ${tables.map(({ tablename }) => `"${tablename}"`).join(', ')} RESTART IDENTITY CASCADE`)
  })
  idle.push(database)
}

/** A migrated database of that kind with no rows in it. Closing it removes it, or empties it for the next test that asks. */
export async function openTestDatabase(kind: DatabaseKind): Promise<Database> {
  if (kind === 'server') return openOwnDatabase(kind)
  const database = await takeEmbeddedDatabase()
  return { ...database, close: () => giveBack(database) }
}

/** The same, which no other test has had or is given: closed, it is gone. */
export async function openOwnDatabase(kind: DatabaseKind): Promise<Database> {
  if (kind === 'embedded') {
    const { folder, drop } = await makeEmbeddedDatabase()
    return closedWith(await openEmbeddedDatabase(folder), drop)
  }
  const { url, drop } = await makeServerDatabase()
  return closedWith(await openServerDatabase(url), drop)
}

function closedWith(database: Database, drop: () => Promise<void>): Database {
  return { ...database, close: () => database.close().then(drop) }
}

/** A store on {@link openTestDatabase}; `people` are those who are looked for by their ids. */
export async function openTestStore(kind: DatabaseKind, people: readonly Person[] = []): Promise<{ store: Store; close(): Promise<void> }> {
  const database = await openTestDatabase(kind)
  const store = await openStore(database, migrations)
  await addPeople(database, people)
  return { store, close: () => store.close() }
}

/** Adds them with the ids that they have, to a database that was migrated. They can't sign in. */
export async function addPeople(database: Database, people: readonly Person[]): Promise<void> {
  await database.session(async (run) => {
    for (const { id, name, email, role } of people) {
      await run('INSERT INTO users (id, name, email, role, updated_at) VALUES ($1, $2, $3, $4, now())', [id, name, email, role])
    }
  })
}
