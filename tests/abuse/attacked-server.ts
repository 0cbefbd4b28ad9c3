import { afterAll, beforeAll } from 'vitest'
import { ApiClient } from '../api-client.ts'
import type { DatabaseKind } from '../databases.ts'
import { type OwnSettings, ownSettings } from '../own-settings.ts'
import { type RunningServer, startServer } from '../running-server.ts'

/** The program as the tests of a suite attack it; `admin` has signed in. */
export type AttackedServer = { readonly server: RunningServer; readonly admin: ApiClient }

type Options = {
  readonly settings?: Readonly<Record<string, string>>
  /** Called with the program's settings before it starts. */
  readonly prepare?: (own: OwnSettings) => Promise<void>
  /** Called with the program once it runs. */
  readonly warmUp?: (server: RunningServer) => Promise<void>
}

/**
 * Starts the program behind one proxy, so that attackers and readers have addresses of their own, with an empty database of that kind,
 * before the tests of the suite that this is called in; ends it after them.
 */
export function attackedServer(kind: DatabaseKind, { settings = {}, prepare, warmUp }: Options = {}): AttackedServer {
  let own: OwnSettings | undefined
  let server: RunningServer | undefined
  let admin: ApiClient | undefined

  beforeAll(async () => {
    own = await ownSettings(kind)
    await prepare?.(own)
    server = await startServer({ ...own.settings, STAYTUNED_PROXIES: '1', ...settings })
    admin = await ApiClient.signedIn(server.url)
    await warmUp?.(server)
  })
  afterAll(async () => {
    await server?.stop()
    await own?.drop()
  })

  return {
    get server() {
      return running(server)
    },
    get admin() {
      return running(admin)
    },
  }
}

function running<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('the server runs within the tests of its suite only')
  return value
}
