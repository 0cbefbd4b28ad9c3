import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils'
import { describe, expect, onTestFinished, test } from 'vitest'
import { type Database, StartProblem } from '#lib/db/database.ts'
import { openEmbeddedDatabase } from '#lib/db/embedded-database.ts'
import { applyMigrations } from '#lib/db/migrations.ts'
import { openServerDatabase } from '#lib/db/server-database.ts'
import { databaseKinds, makeServerDatabase, migrations } from '../databases.ts'
import { datamodel, noFilter, openSchemaEngine } from './schema-engine.ts'

const names = readdirSync(migrations, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? entry.name : []))

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'staytuned-'))
  onTestFinished(() => rmSync(made, { recursive: true, force: true }))
  return made
}

async function open(kind: 'embedded' | 'server'): Promise<Database> {
  if (kind === 'embedded') {
    const database = await openEmbeddedDatabase()
    onTestFinished(() => database.close())
    return database
  }
  const { url, drop } = await makeServerDatabase()
  onTestFinished(drop)
  return openServerDatabase(url)
}

function rows(database: Database, sql: string) {
  return database.session((run) => run(sql, []))
}

describe.each(databaseKinds)('migrations on the %s database', (kind) => {
  test('are applied once and recorded, and a second time nothing happens', async () => {
    const database = await open(kind)
    await applyMigrations(database, migrations)
    const recorded = await rows(database, 'SELECT * FROM "_prisma_migrations" ORDER BY migration_name')
    expect(recorded.map((row) => row.migration_name)).toEqual(names)
    await applyMigrations(database, migrations)
    expect(await rows(database, 'SELECT * FROM "_prisma_migrations" ORDER BY migration_name')).toEqual(recorded)
  })

  const damages: [name: string, damage: string, message: RegExp][] = [
    [
      'newer than this source',
      `INSERT INTO "_prisma_migrations" (id, checksum, migration_name, finished_at) VALUES ('x', 'x', '29990101000000_later', now())`,
      /belongs to a newer Staytuned/,
    ],
    ['changed', `UPDATE "_prisma_migrations" SET checksum = 'x'`, /isn't the one that the database has had/],
    ['half migrated', `UPDATE "_prisma_migrations" SET finished_at = NULL`, /begun and never finished/],
    ['without a table that it had', 'DROP TABLE receipts', /lost its table "receipts"/],
    ['somebody else’s, with tables of our names', 'DROP TABLE "_prisma_migrations"', /no record of Staytuned's migrations/],
  ]
  test.each(damages)('refuse a database that is %s, and touch nothing', async (_, damage, message) => {
    const database = await open(kind)
    await applyMigrations(database, migrations)
    await rows(database, damage)
    const all = `SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, 2`
    const before = await rows(database, all)
    const failure = await applyMigrations(database, migrations).then(
      () => null,
      (error: unknown) => error,
    )
    expect(failure).toBeInstanceOf(StartProblem)
    expect(String(failure)).toMatch(message)
    expect(await rows(database, all)).toEqual(before)
  })

  test('that fail are taken back whole', async () => {
    const database = await open(kind)
    const copy = folder()
    cpSync(migrations, copy, { recursive: true })
    mkdirSync(join(copy, '29990101000000_bad'))
    writeFileSync(join(copy, '29990101000000_bad/migration.sql'), 'CREATE TABLE "half" ("id" INT); CREATE TABLE "half" ("id" INT);')
    await expect(applyMigrations(database, copy)).rejects.toThrow(/29990101000000_bad failed and was taken back/)
    await applyMigrations(database, migrations)
    expect(await rows(database, `SELECT tablename FROM pg_tables WHERE tablename = 'half'`)).toEqual([])
  })
})

test('Prisma’s own engine finds nothing to apply, and no difference to its schema', async () => {
  const database = await openEmbeddedDatabase()
  onTestFinished(() => database.close())
  await applyMigrations(database, migrations)
  // The adapter of PGlite can do what migrations need; its type doesn't say so.
  const engine = await openSchemaEngine(database.adapter as SqlMigrationAwareDriverAdapterFactory)
  const applied = await engine.applyMigrations({
    migrationsList: {
      baseDir: migrations,
      lockfile: { path: 'migration_lock.toml', content: readFileSync(join(migrations, 'migration_lock.toml'), 'utf8') },
      migrationDirectories: names.map((name) => ({
        path: name,
        migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: readFileSync(join(migrations, name, 'migration.sql'), 'utf8') } },
      })),
      shadowDbInitScript: '',
    },
    filters: noFilter,
  })
  expect(applied.appliedMigrationNames).toEqual([])
  const pushed = await engine.schemaPush({ schema: { files: [{ path: 'schema.prisma', content: datamodel() }] }, force: false, filters: noFilter })
  expect(pushed).toMatchObject({ executedSteps: 0, warnings: [], unexecutable: [] })
})

describe.runIf(databaseKinds.includes('server'))('processes that start at once on an empty server', () => {
  test('wait for each other', async () => {
    const { url, drop } = await makeServerDatabase()
    onTestFinished(drop)
    const databases = await Promise.all(Array.from({ length: 4 }, () => openServerDatabase(url)))
    await Promise.all(databases.map((database) => applyMigrations(database, migrations)))
    const [first] = databases
    expect(first && (await rows(first, 'SELECT migration_name FROM "_prisma_migrations"'))).toHaveLength(names.length)
  })

  test('are told when the server doesn’t answer', async () => {
    await expect(openServerDatabase('postgres://nobody@127.0.0.1:9/none')).rejects.toThrow(/DATABASE_URL names doesn't answer/)
  })
})

describe('the folder of the embedded database', () => {
  test('belongs to one process, and is free again when that is gone', async () => {
    const data = folder()
    const other = await holdInAnotherProcess(data)
    await expect(openEmbeddedDatabase(data)).rejects.toThrow(new RegExp(`in use by process ${other.pid}`))
    other.kill('SIGKILL')
    await once(other, 'exit')
    await (await openEmbeddedDatabase(data)).close()
  })

  test('is left as it is when it is damaged', async () => {
    const data = folder()
    await (await openEmbeddedDatabase(data)).close()
    const control = join(data, 'postgres', 'global', 'pg_control')
    writeFileSync(control, 'garbage')
    await expect(openEmbeddedDatabase(data)).rejects.toThrow(/can't be opened; it may be damaged/)
    expect(readFileSync(control, 'utf8')).toBe('garbage')
  })
})

/** A process that has opened the embedded database there and keeps it. */
async function holdInAnotherProcess(data: string): Promise<ChildProcess> {
  const script = `import('#lib/db/embedded-database.ts').then(({ openEmbeddedDatabase }) => openEmbeddedDatabase(${JSON.stringify(data)})).then(() => { console.log('open'); setInterval(() => {}, 1000) })`
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  await once(child.stdout, 'data')
  return child
}
