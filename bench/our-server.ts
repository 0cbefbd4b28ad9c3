import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { databaseKinds } from '../tests/databases.ts'
import { ownSettings } from '../tests/own-settings.ts'
import { type RunningServer, startServer } from '../tests/running-server.ts'
import type { Belongings } from './belongings.ts'
import { pause } from './clock.ts'
import { type HeapKinds, heapKinds } from './heap-kinds.ts'
import type { Options } from './part.ts'

export type Kind = 'embedded' | 'server'

/** The database that is asked for by `--database`; else a server where there's one, as it would be with many readers. */
export function databaseOf({ database }: Options): Kind {
  if (database !== undefined && database !== 'embedded' && database !== 'server') throw new Error('--database must be embedded or server')
  return database ?? databaseKinds.at(-1) ?? 'embedded'
}

export type Settings = Readonly<Record<string, string>>

/** An empty data folder and database. */
export async function ownPlace(kind: Kind, own: Belongings): Promise<{ settings: Settings; data: string }> {
  const { settings, data, drop } = await ownSettings(kind)
  own.add(drop)
  return { settings, data }
}

export type Probed = { readonly memory: NodeJS.MemoryUsage; readonly queries: Readonly<Record<string, number>> }

export type OurServer = RunningServer & {
  /** What it holds in memory after a full collection, and how often it has asked the database what. Stops it for some 50 ms. */
  probe(): Promise<Probed>
  /** What its heap consists of after a full collection. Stops it for a second or two. */
  heapKinds(): Promise<HeapKinds>
}

const probe = fileURLToPath(new URL('processes/probe.js', import.meta.url))

export async function startOurs(settings: Settings, own: Belongings): Promise<OurServer> {
  const file = join(settings.STAYTUNED_DATA ?? '', `probe-${settings.STAYTUNED_ROLE ?? 'all'}.json`)
  const server = await startServer({ ...settings, NODE_OPTIONS: `--import ${probe}`, BENCH_PROBE: file })
  own.add(() => server.kill())
  const written = async (signal: NodeJS.Signals, to: string) => {
    rmSync(to, { force: true })
    process.kill(server.pid, signal)
    while (!existsSync(to)) await pause(5)
    return to
  }
  return {
    ...server,
    probe: async () => JSON.parse(readFileSync(await written('SIGUSR2', file), 'utf8')) as Probed,
    heapKinds: async () => heapKinds(await written('SIGURG', `${file}.heapsnapshot`)),
  }
}

export function residentKilobytes(pid: number): number {
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' }))
}
