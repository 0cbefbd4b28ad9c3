import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeServerDatabase } from '../databases.ts'
import { freePort } from '../free-port.ts'
import { type RunningServer, startServer } from '../running-server.ts'
import { startNginx } from './running-nginx.ts'

type Role = 'web' | 'live'

/** One process, in a place that it comes back to. */
export type Placed = { readonly role: Role; restart(): Promise<number | null>; kill(): Promise<void> }

export type Site = { readonly url: string; readonly processes: readonly Placed[]; close(): Promise<void> }

/** Two processes of each role, which share a database and a data folder, behind nginx. All are started at once, on an empty database. */
export async function openSite(): Promise<Site> {
  const database = await makeServerDatabase()
  const data = mkdtempSync(join(tmpdir(), 'staytuned-'))
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const settings = { DATABASE_URL: database.url, STAYTUNED_DATA: data, PUBLIC_URL: url, STAYTUNED_PROXIES: '1', STAYTUNED_DRAIN: '1' }
  const start = (role: Role, own: number) => startServer({ ...settings, STAYTUNED_ROLE: role, PORT: String(own) })
  const place = async (name: string) => {
    const role: Role = name.startsWith('web') ? 'web' : 'live'
    const own = await freePort()
    let server: RunningServer = await start(role, own)
    return {
      name,
      role,
      port: own,
      kill: () => server.kill(),
      /** As a supervisor does where one can't stand beside the other: asks it to end, and starts it anew when it has. */
      async restart(): Promise<number | null> {
        const exitCode = await server.stop()
        server = await start(role, own)
        return exitCode
      },
    }
  }
  const processes = await Promise.all(['web1', 'web2', 'live1', 'live2'].map(place))
  const nginx = await startNginx(port, Object.fromEntries(processes.map((process) => [process.name, process.port])))
  return {
    url,
    processes,
    async close() {
      await nginx.stop()
      await Promise.all(processes.map(({ kill }) => kill()))
      await database.drop()
      rmSync(data, { recursive: true, force: true })
    },
  }
}
