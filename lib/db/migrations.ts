import { createHash, randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Database, type RunSql, StartProblem } from './database.ts'

/** Any number that nothing else uses as an advisory lock in this database. */
const lockKey = 7_829_636_481

/** The table that Prisma's own tools keep and read, to the letter. */
const recordTable = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" VARCHAR(36) PRIMARY KEY NOT NULL,
  "checksum" VARCHAR(64) NOT NULL,
  "finished_at" TIMESTAMPTZ,
  "migration_name" VARCHAR(255) NOT NULL,
  "logs" TEXT,
  "rolled_back_at" TIMESTAMPTZ,
  "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(),
  "applied_steps_count" INTEGER NOT NULL DEFAULT 0
)`

type Migration = { name: string; sql: string; checksum: string }
type Recorded = { name: string; checksum: string; finished: boolean }

/**
 * Brings the database to the schema of this source: applies, in order and each in a transaction of its own, the migrations
 * it hasn't had. Processes that start at once wait for each other. Throws a {@link StartProblem}, having touched nothing,
 * if the database is another program's, newer than this source, or damaged. One query when there is nothing to do.
 */
export async function applyMigrations(database: Database, folder: string): Promise<void> {
  const migrations = readMigrations(folder)
  await database.session(async (run) => {
    await run('SELECT pg_advisory_lock($1)', [lockKey])
    try {
      const tables = await tableNames(run)
      const recorded = tables.has('_prisma_migrations') ? await readRecorded(run) : []
      check(migrations, recorded, tables)
      await run(recordTable)
      for (const migration of migrations.slice(recorded.length)) await apply(run, migration)
    } finally {
      await run('SELECT pg_advisory_unlock($1)', [lockKey])
    }
  })
}

function readMigrations(folder: string): Migration[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => {
      const sql = readFileSync(join(folder, name, 'migration.sql'), 'utf8')
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    })
}

async function tableNames(run: RunSql): Promise<Set<string>> {
  const rows = await run('SELECT tablename::text AS name FROM pg_catalog.pg_tables WHERE schemaname = current_schema()', [])
  return new Set(rows.map((row) => String(row.name)))
}

async function readRecorded(run: RunSql): Promise<Recorded[]> {
  const rows = await run(
    `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished
     FROM "_prisma_migrations" WHERE rolled_back_at IS NULL ORDER BY migration_name`,
    [],
  )
  return rows.map((row) => ({ name: String(row.name), checksum: String(row.checksum), finished: row.finished === true }))
}

function check(migrations: readonly Migration[], recorded: readonly Recorded[], tables: ReadonlySet<string>): void {
  const stop = (what: string) => {
    throw new StartProblem(`${what}\nNothing in the database was touched.`)
  }
  if (recorded.length === 0) {
    const ours = migrations.flatMap(tablesMade).find((table) => tables.has(table))
    if (ours) stop(`The database has a table "${ours}" but no record of Staytuned's migrations: give Staytuned a database of its own.`)
  }
  for (const [index, { name, checksum, finished }] of recorded.entries()) {
    const known = migrations[index]
    if (!finished) stop(`The migration ${name} was begun and never finished: the database is damaged. Restore a backup.`)
    if (known?.name !== name)
      stop(`The database has had a migration ${name} that this version doesn't know: it belongs to a newer Staytuned. Start that one.`)
    if (known?.checksum !== checksum)
      stop(`The migration ${name} isn't the one that the database has had: this source was changed, or the database is damaged.`)
  }
  for (const migration of migrations.slice(0, recorded.length)) {
    const lost = tablesMade(migration).find((table) => !tables.has(table))
    if (lost) stop(`The database has lost its table "${lost}": it is damaged. Restore a backup.`)
  }
}

function tablesMade({ sql }: Migration): string[] {
  return [...sql.matchAll(/^CREATE TABLE "(\w+)"/gm)].flatMap((match) => match[1] ?? [])
}

async function apply(run: RunSql, { name, sql, checksum }: Migration): Promise<void> {
  await run('BEGIN')
  try {
    await run(sql)
    await run(`INSERT INTO "_prisma_migrations" (id, checksum, migration_name, finished_at, applied_steps_count) VALUES ($1, $2, $3, now(), 1)`, [
      randomUUID(),
      checksum,
      name,
    ])
    await run('COMMIT')
  } catch (error) {
    await run('ROLLBACK')
    throw new StartProblem(`The migration ${name} failed and was taken back.`, { cause: error })
  }
}
