import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PrismaPg } from '@prisma/adapter-pg'
import type { SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { type Database, StartProblem } from '#lib/db/database.ts'
import { openEmbeddedDatabase } from '#lib/db/embedded-database.ts'
import { applyMigrations } from '#lib/db/migrations.ts'
import { openServerDatabase } from '#lib/db/server-database.ts'
import { databaseKinds, makeEmbeddedDatabase, makeServerDatabase, migrations } from '../databases.ts'
import { datamodel, noFilter, openSchemaEngine } from './schema-engine.ts'
import { temporaryFolder } from './temporary-folder.ts'

const names = readdirSync(migrations, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? entry.name : []))

type Opened = { database: Database; adapter: SqlMigrationAwareDriverAdapterFactory; close(): Promise<void> }

async function open(kind: 'embedded' | 'server'): Promise<Opened> {
  if (kind === 'embedded') {
    const { folder, drop } = await makeEmbeddedDatabase('empty')
    const database = await openEmbeddedDatabase(folder)
    // The adapter can do what migrations need; the type that the store asks for doesn't say so.
    const adapter = database.adapter as SqlMigrationAwareDriverAdapterFactory
    return { database, adapter, close: () => database.close().then(drop) }
  }
  const { url, drop } = await makeServerDatabase('empty')
  // Prisma's engine locks the database for as long as its connection is open, and nothing tells it to close it.
  return { database: await openServerDatabase(url), adapter: new PrismaPg({ connectionString: url, idleTimeoutMillis: 1 }), close: drop }
}

function rows(database: Database, sql: string) {
  return database.session((run) => run(sql, []))
}

async function empty(database: Database): Promise<void> {
  await database.session((run) => run('DROP SCHEMA public CASCADE; CREATE SCHEMA public'))
}

/** All tables with their columns, and what is recorded of the migrations. */
async function contents(database: Database) {
  const columns = await rows(
    database,
    `SELECT table_name, column_name, data_type FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, 2`,
  )
  const isRecorded = columns.some((column) => column.table_name === '_prisma_migrations')
  return { columns, recorded: isRecorded ? await rows(database, 'SELECT * FROM "_prisma_migrations" ORDER BY migration_name, started_at') : [] }
}

const migrationsList = {
  baseDir: migrations,
  lockfile: { path: 'migration_lock.toml', content: readFileSync(join(migrations, 'migration_lock.toml'), 'utf8') },
  migrationDirectories: names.map((name) => ({
    path: name,
    migrationFile: { path: 'migration.sql', content: { tag: 'ok' as const, value: readFileSync(join(migrations, name, 'migration.sql'), 'utf8') } },
  })),
  shadowDbInitScript: '',
}
const history = { migrationsList, optInToShadowDatabase: false, filters: noFilter }

/** The migrations of this source and one more. */
function migrationsWith(name: string, sql: string): string {
  const folder = temporaryFolder()
  cpSync(migrations, folder, { recursive: true })
  mkdirSync(join(folder, name))
  writeFileSync(join(folder, name, 'migration.sql'), sql)
  return folder
}

function problemOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => null,
    (error: unknown) => error,
  )
}

describe.each(databaseKinds)('migrations on the %s database', (kind) => {
  let database: Database
  let adapter: SqlMigrationAwareDriverAdapterFactory
  let close: () => Promise<void>

  beforeAll(async () => {
    ;({ database, adapter, close } = await open(kind))
  })
  afterAll(() => close())
  beforeEach(() => empty(database))

  test('are applied once and recorded, and a second time nothing happens', async () => {
    await applyMigrations(database, migrations)
    const applied = await contents(database)
    expect(applied.recorded).toMatchObject(names.map((name) => ({ migration_name: name, finished_at: expect.any(Date), applied_steps_count: 1 })))
    await applyMigrations(database, migrations)
    expect(await contents(database)).toEqual(applied)
  })

  test('that have come since are applied to what is there', async () => {
    await applyMigrations(database, migrations)
    const later = migrationsWith('29990101000000_later', 'CREATE TABLE "later" ("id" INT);\nALTER TABLE "stories" ADD COLUMN "more" TEXT;')
    await applyMigrations(database, later)
    const { recorded, columns } = await contents(database)
    expect(recorded.map((row) => row.migration_name)).toEqual([...names, '29990101000000_later'])
    expect(columns).toContainEqual({ table_name: 'stories', column_name: 'more', data_type: 'text' })
  })

  const damages: [name: string, damage: string, message: RegExp][] = [
    [
      'is newer than this source',
      `INSERT INTO "_prisma_migrations" (id, checksum, migration_name, finished_at) VALUES ('x', 'x', '29990101000000_later', now())`,
      /29990101000000_later that this version doesn't know: it belongs to a newer Staytuned/,
    ],
    [
      'is another program’s of the same tools',
      `UPDATE "_prisma_migrations" SET migration_name = '20200101000000_init', checksum = 'x'`,
      /20200101000000_init that this version doesn't know/,
    ],
    ['was changed', `UPDATE "_prisma_migrations" SET checksum = 'x'`, /isn't the one that the database has had/],
    ['was left half migrated', `UPDATE "_prisma_migrations" SET finished_at = NULL`, /was begun and never finished: the database is damaged/],
    ['has lost a table', 'DROP TABLE receipts', /lost its table "receipts": it is damaged/],
    ['has a table of our name and no record', 'DROP TABLE "_prisma_migrations"', /has a table "\w+" but no record of Staytuned's migrations/],
    ['has tables of our names and an empty record', 'DELETE FROM "_prisma_migrations"', /no record of Staytuned's migrations/],
  ]
  test.each(damages)('leave a database alone that %s, and say so', async (_, damage, message) => {
    await applyMigrations(database, migrations)
    await rows(database, damage)
    const before = await contents(database)
    const problem = await problemOf(applyMigrations(database, migrationsWith('29980101000000_next', 'CREATE TABLE "next" ("id" INT);')))
    expect(problem).toBeInstanceOf(StartProblem)
    expect(String(problem)).toMatch(message)
    expect(String(problem)).toContain('Nothing in the database was touched.')
    expect(await contents(database)).toEqual(before)
  })

  test('leave a database alone that has a table of our name and nothing else of ours', async () => {
    await rows(database, 'CREATE TABLE users (id TEXT)')
    const before = await contents(database)
    await expect(applyMigrations(database, migrations)).rejects.toThrow(/has a table "users" but no record of Staytuned's migrations/)
    expect(await contents(database)).toEqual(before)
  })

  test('that were taken back by hand are applied anew', async () => {
    await applyMigrations(database, migrations)
    for (const { tablename } of await rows(
      database,
      `SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'`,
    )) {
      await rows(database, `DROP TABLE "${tablename}" CASCADE`)
    }
    await rows(database, 'DROP TYPE story_status, update_status')
    await rows(database, 'UPDATE "_prisma_migrations" SET rolled_back_at = now(), finished_at = NULL')
    await applyMigrations(database, migrations)
    expect((await contents(database)).recorded.filter((row) => row.finished_at !== null)).toHaveLength(names.length)
  })

  test.each([
    ['in the middle', 'CREATE TABLE "half" ("id" INT); CREATE TABLE "half" ("id" INT);'],
    ['when they are to be recorded', 'CREATE TABLE "half" ("id" INT); DROP TABLE "_prisma_migrations";'],
  ])('that fail %s are taken back whole, and those before them stay', async (_, sql) => {
    const problem = await problemOf(applyMigrations(database, migrationsWith('29990101000000_bad', sql)))
    expect(problem).toBeInstanceOf(StartProblem)
    expect(problem).toMatchObject({ message: 'The migration 29990101000000_bad failed and was taken back.', cause: expect.any(Error) })
    expect((await contents(database)).columns).not.toContainEqual(expect.objectContaining({ table_name: 'half' }))
    expect((await contents(database)).recorded.map((row) => row.migration_name)).toEqual(names)
    await applyMigrations(database, migrations)
  })

  test('leave nothing for Prisma’s own engine to do', async () => {
    await applyMigrations(database, migrations)
    const engine = await openSchemaEngine(adapter)
    expect(await engine.diagnoseMigrationHistory(history)).toMatchObject({
      editedMigrationNames: [],
      failedMigrationNames: [],
      hasMigrationsTable: true,
      history: null,
    })
    expect((await engine.applyMigrations({ migrationsList, filters: noFilter })).appliedMigrationNames).toEqual([])
    await rows(database, `UPDATE "_prisma_migrations" SET checksum = 'x'`)
    expect((await engine.diagnoseMigrationHistory(history)).editedMigrationNames).toEqual(names)
  })

  // The adapter of a server doesn't give Prisma's engine what it needs to describe a schema. It is the same schema.
  if (kind === 'embedded') {
    test('make the tables that the schema describes', async () => {
      await applyMigrations(database, migrations)
      const engine = await openSchemaEngine(adapter)
      const push = { schema: { files: [{ path: 'schema.prisma', content: datamodel() }] }, force: true, filters: noFilter }
      expect(await engine.schemaPush(push)).toMatchObject({ executedSteps: 0, warnings: [], unexecutable: [] })
      await rows(database, 'ALTER TABLE stories DROP COLUMN standfirst')
      expect((await engine.schemaPush(push)).executedSteps).toBe(1)
    })
  }

  test('make the same of an empty database as Prisma’s own engine, and understand its record', async () => {
    await applyMigrations(database, migrations)
    const ours = await contents(database)

    await empty(database)
    const engine = await openSchemaEngine(adapter)
    expect((await engine.applyMigrations({ migrationsList, filters: noFilter })).appliedMigrationNames).toEqual(names)
    const theirs = await contents(database)
    expect(theirs.columns).toEqual(ours.columns)
    const checksums = (recorded: Record<string, unknown>[]) => recorded.map((row) => [row.migration_name, row.checksum, row.applied_steps_count])
    expect(checksums(theirs.recorded)).toEqual(checksums(ours.recorded))

    await applyMigrations(database, migrations)
    expect(await contents(database)).toEqual(theirs)
  })
})

describe.runIf(databaseKinds.includes('server'))('processes that start at once on an empty server', () => {
  test('wait for each other, and the migrations are applied once', async () => {
    const { url, drop } = await makeServerDatabase('empty')
    onTestFinished(drop)
    const databases = await Promise.all(Array.from({ length: 4 }, () => openServerDatabase(url)))
    await Promise.all(databases.map((database) => applyMigrations(database, migrations)))
    for (const database of databases) expect((await contents(database)).recorded.map((row) => row.migration_name)).toEqual(names)
  })

  test('are told when the server doesn’t answer', async () => {
    const problem = await problemOf(openServerDatabase('postgres://nobody@127.0.0.1:9/none'))
    expect(problem).toBeInstanceOf(StartProblem)
    expect(String(problem)).toMatch(/DATABASE_URL names doesn't answer/)
  })
})
