import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { PrismaPGlite } from 'pglite-prisma-adapter'
import { lockFolder } from './data-folder.ts'
import { type Database, StartProblem } from './database.ts'
import { yieldingAdapter } from './yielding-adapter.ts'

/**
 * Postgres compiled to WebAssembly, inside this process, with its files in `folder`, or in memory without one. One process
 * at a time may have a folder open: a second is refused, for two would destroy each other's work.
 * Takes about 8 s the first time (the cluster is made), about 1 s later.
 */
export async function openEmbeddedDatabase(folder?: string): Promise<Database> {
  const unlock = folder === undefined ? () => {} : await lockFolder(folder)
  const client = await startPGlite(folder === undefined ? undefined : join(folder, 'postgres')).catch((error: unknown) => {
    unlock()
    throw error
  })
  return {
    kind: 'embedded',
    adapter: yieldingAdapter(new PrismaPGlite(client)),
    session: (work) =>
      work(async (sql, parameters) => {
        if (parameters) return (await client.query<Record<string, unknown>>(sql, [...parameters])).rows
        return (await client.exec(sql)).at(-1)?.rows ?? []
      }),
    async listen(channel, onNotice) {
      const stop = await client.listen(channel, onNotice)
      return () => stop()
    },
    // It belongs to this process alone.
    processes: async () => 1,
    rewrite: (tables) => rewrite(client, tables),
    close: async () => {
      await client.close()
      unlock()
    },
  }
}

/** Postgres' usual 128 MB of shared buffers would have to be made ready at each start, which takes half a second. */
const startParams = [
  ...PGlite.defaultStartParams,
  ...['-c', 'shared_buffers=16MB'],
  // A piece of the write-ahead log that isn't needed any more is deleted, and not kept with what is in it to be written over.
  ...['-c', 'wal_recycle=off'],
]

/** So often the log goes on to its next piece, at most, for those to be used up that an earlier version has kept. */
const mostSwitches = 16

/** See {@link Database.rewrite}. The statistics hold values too, and theirs is the last table that is written. */
async function rewrite(client: PGlite, tables: readonly string[]): Promise<void> {
  await client.exec(`VACUUM (FULL, ANALYZE) ${tables.join(', ')}`)
  await client.exec('VACUUM FULL pg_catalog.pg_statistic')
  for (let switches = 0; switches < mostSwitches; switches += 1) {
    await client.exec('SELECT pg_switch_wal()')
    await client.exec('CHECKPOINT')
    const { rows } = await client.query<{ pieces: number }>('SELECT count(*)::int AS pieces FROM pg_ls_waldir()')
    if ((rows[0]?.pieces ?? 0) <= 1) return
  }
}

async function startPGlite(files: string | undefined): Promise<PGlite> {
  try {
    if (files === undefined) return await PGlite.create({ startParams })
    if (!existsSync(files) || readdirSync(files).length === 0) await makeCluster(files)
    // PGlite takes files without it for none at all, and would make an empty database in their place.
    if (!existsSync(join(files, 'PG_VERSION'))) throw new Error(`${files} has no PG_VERSION`)
    return await PGlite.create({ startParams, dataDir: files })
  } catch (error) {
    throw new StartProblem(
      `The database in ${files} can't be opened; it may be damaged. Nothing was changed.\n` +
        'Put a backup in its place, or move the folder away to begin with an empty one.',
      { cause: error },
    )
  }
}

/** Makes an empty database beside its place and then moves it there: a start that is cut off leaves nothing half made. */
async function makeCluster(files: string): Promise<void> {
  const unfinished = `${files}.new`
  rmSync(unfinished, { recursive: true, force: true })
  const client = await PGlite.create({ startParams, dataDir: unfinished })
  await client.close()
  rmSync(files, { recursive: true, force: true })
  renameSync(unfinished, files)
}
