import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { freePort } from './free-port.ts'
import { killProcess } from './kill-process.ts'

/** A PostgreSQL server of a test's own, that it may do anything to. */
export type OwnPostgres = {
  readonly url: string
  /** Ends all of its processes as a power cut would. */
  kill(): Promise<void>
  /** Starts it on the files it has left; answers once it takes connections. */
  start(): Promise<void>
  drop(): Promise<void>
}

const debianFolder = '/usr/lib/postgresql'

/** The folder of PostgreSQL's programs: where Debian has its newest, or where the path leads. Null if there are none. */
function programs(): string | null {
  const versions = existsSync(debianFolder) ? readdirSync(debianFolder).toSorted((one, other) => Number(other) - Number(one)) : []
  const found = versions.map((version) => join(debianFolder, version, 'bin')).find((folder) => existsSync(join(folder, 'initdb')))
  if (found) return found
  return (process.env.PATH ?? '').split(':').find((folder) => existsSync(join(folder, 'initdb'))) ?? null
}

/** Whether a test can have a PostgreSQL server of its own. Where it can't, the run says so; in CI it must. */
export function canOwnPostgres(): boolean {
  if (programs() !== null) return true
  if (process.env.CI) throw new Error('the tests need the programs of PostgreSQL: initdb and postgres')
  console.warn('No programs of PostgreSQL here: what happens to its server isn’t tested.')
  return false
}

export async function makeOwnPostgres(): Promise<OwnPostgres> {
  const folder = programs() ?? ''
  const data = mkdtempSync(join(tmpdir(), 'staytuned-postgres-'))
  const port = await freePort()
  // It refuses to run as root.
  const as = process.getuid?.() === 0 ? { uid: idOf('-u'), gid: idOf('-g') } : {}
  if (as.uid !== undefined && as.gid !== undefined) chownSync(data, as.uid, as.gid)
  execFileSync(join(folder, 'initdb'), ['-D', data, '-U', 'staytuned', '-A', 'trust', '--no-sync'], { ...as, stdio: 'ignore', cwd: data })
  const url = `postgres://staytuned@127.0.0.1:${port}/postgres`
  const settings = ['-p', String(port), '-c', 'listen_addresses=127.0.0.1', '-k', data]
  let server: ChildProcess

  const start = async () => {
    for (;;) {
      const started = spawn(join(folder, 'postgres'), ['-D', data, ...settings], { ...as, stdio: 'ignore', cwd: data })
      server = started
      // What is left of the one before may hold its memory for a moment.
      while (started.exitCode === null) if (await answers(url)) return
    }
  }
  const kill = async () => {
    if (server.exitCode !== null || server.signalCode !== null) return
    const over = once(server, 'exit')
    const all = [server.pid ?? 0, ...childrenOf(server.pid ?? 0)]
    for (const pid of all) killProcess(pid)
    await over
  }
  await start()
  return {
    url,
    kill,
    start,
    async drop() {
      await kill()
      rmSync(data, { recursive: true, force: true })
    },
  }
}

function idOf(which: '-u' | '-g'): number {
  return Number(execFileSync('id', [which, 'postgres'], { encoding: 'utf8' }))
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 1_000 })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.end()
    return true
  } catch {
    await new Promise((resolve) => setTimeout(resolve, 20))
    return false
  }
}

function childrenOf(pid: number): number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number)
  } catch {
    // No such file system, or it is gone: they end by themselves when they see that their parent has.
    return []
  }
}
