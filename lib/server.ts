import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import next from 'next'
import pino from 'pino'
import { openAccounts } from './accounts/accounts.ts'
import { admitToDesk } from './accounts/admit-to-desk.ts'
import { addFirstAdmin, type FirstAdmin } from './accounts/first-admin.ts'
import { hashPassword, verifyPassword } from './accounts/password.ts'
import { keptSecret } from './accounts/secret.ts'
import { sessionMarkIn } from './accounts/session-cookie.ts'
import { addresses as addressesOf } from './addresses.ts'
import type { Database } from './db/database.ts'
import { openStore } from './db/store.ts'
import { bucketOf, type Env } from './env.ts'
import { clientAddress } from './http/client-address.ts'
import { answerHealth } from './http/health.ts'
import { listen } from './http/listen.ts'
import { openRequests } from './http/open-requests.ts'
import { setSecurityHeaders } from './http/security-headers.ts'
import { startDeskRooms } from './live/desk-rooms.ts'
import { startHub } from './live/hub.ts'
import { sendAway } from './live/send-away.ts'
import { openSocketServer } from './live/socket-server.ts'
import { openMailer } from './mail/mailer.ts'
import { bucketOriginals } from './media/bucket-originals.ts'
import { openMedia } from './media/media.ts'
import { keepTime } from './newsroom/keep-time.ts'
import { installRuntime, type Runtime } from './runtime.ts'

export type RunningServer = {
  readonly publicUrl: string
  /** Set at the first start if no admin was named: the password is known nowhere else. */
  readonly firstAdmin: FirstAdmin | null
  /**
   * Ends it so that nobody notices, where others go on: takes no more connections, has open pages go to the others, each at a random
   * moment within STAYTUNED_DRAIN, and stops once they have. The embedded database has no others: it stops at once.
   */
  drain(): Promise<void>
  /** Ends it: what is being answered is answered first, sockets are closed. */
  stop(): Promise<void>
}

type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void>

export type Surroundings = { readonly root: string; readonly dataFolder: string; readonly isDevelopment: boolean }

/** Wires everything together, in order: the database that is being opened, the store, Next, the sockets, the hub. */
export async function startServer(env: Env, database: Promise<Database>, { root, dataFolder, isDevelopment }: Surroundings): Promise<RunningServer> {
  const log = pino({ level: env.STAYTUNED_LOG })
  let handle: Handle = notReady
  const httpServer = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      log.error({ err: error, path: request.url }, 'request failed outside of Next')
      response.destroy()
    })
  })
  // First of all, so that a port that is taken is known before anything is opened. Until the rest is there, it answers 503.
  await listen(httpServer, env)
  const addresses = addressesOf(env, (httpServer.address() as AddressInfo).port)

  // Neither needs the other, and each takes about a second.
  const [store, handlePages] = await Promise.all([
    database.then((opened) => openStore(opened, join(root, 'prisma/migrations'))),
    env.STAYTUNED_ROLE === 'live' ? answerHealth : preparePages(root, isDevelopment),
  ])
  const newsroom = { store, now: () => new Date() }
  const given =
    env.STAYTUNED_ADMIN_EMAIL && env.STAYTUNED_ADMIN_PASSWORD ? { email: env.STAYTUNED_ADMIN_EMAIL, password: env.STAYTUNED_ADMIN_PASSWORD } : null
  const firstAdmin = await addFirstAdmin(store.people, given)
  if (env.STAYTUNED_FIRST_STORY === 'on' && (await store.stories({ limit: 1, isForReaders: false })).length === 0) {
    const { openFirstStory } = await import('./newsroom/first-story.ts')
    await openFirstStory(store)
  }

  const secret = env.STAYTUNED_SECRET ?? keptSecret(dataFolder)
  const accounts = openAccounts(store.people, { secret, ...addresses })
  const io = env.STAYTUNED_ROLE === 'web' ? null : openSocketServer(httpServer, addresses.origins, sessionMarkIn)
  const hub = io && (await startHub(io, store, (what, error) => log.error({ err: error }, what)))
  const deskRooms = io && (await startDeskRooms(io, store, admitToDesk(accounts, store), (what, error) => log.error({ err: error }, what)))
  const bucket = bucketOf(env)
  const originals = bucket && bucketOriginals(bucket)
  const media = openMedia(join(dataFolder, 'media'), originals ? { originals } : {})
  const stopKeepingTime = keepTime(newsroom, media, (what, error) => log.error({ err: error }, what))
  const stopAnswering = await store.erasures.answerAsked(randomUUID(), async (storyId, pictureIds) => {
    // Each process has made renditions of its own, where they share no folder.
    for (const id of pictureIds) await media.remove(id)
    return hub?.epochOf(storyId) ?? null
  })
  // Told at once, and no reason not to start: readers' pages don't need it.
  originals?.check().catch((error: unknown) => log.error({ err: error }, 'pictures can be neither kept nor made: see STAYTUNED_S3_BUCKET'))
  const { STAYTUNED_SMTP_URL: smtp, STAYTUNED_MAIL_FROM: from } = env
  const mailer = smtp && from ? openMailer(smtp, from, (error) => log.error({ err: error }, 'sending mail failed')) : null
  const passwords = { hash: hashPassword, verify: verifyPassword }
  const runtime: Runtime = { env, addresses, newsroom, media, accounts, passwords, mailer, log, hub }
  installRuntime(runtime)

  const requests = openRequests()
  handle = async (request, response) => {
    requests.count(response)
    setSecurityHeaders(request, response, addresses, isDevelopment)
    request.headers['x-forwarded-for'] = clientAddress(request, env.STAYTUNED_PROXIES)
    await handlePages(request, response)
  }

  const stop = async () => {
    httpServer.close()
    httpServer.closeIdleConnections()
    await requests.over()
    // Who was let in and asks only now is to ask another.
    handle = notReady
    stopKeepingTime()
    await stopAnswering()
    await deskRooms?.stop()
    await hub?.stop()
    await io?.close()
    httpServer.closeAllConnections()
    await store.close()
  }
  return {
    publicUrl: addresses.publicUrl,
    firstAdmin,
    async drain() {
      const within = store.kind === 'server' ? env.STAYTUNED_DRAIN * 1000 : 0
      // Those that wait to be let in are let in first: the system would break their connections.
      await new Promise(setImmediate)
      httpServer.close()
      if (io && within > 0) await sendAway(io, within)
      await stop()
    },
    stop,
  }
}

async function preparePages(root: string, isDevelopment: boolean): Promise<Handle> {
  const app = next({ dev: isDevelopment, dir: root })
  await app.prepare()
  return app.getRequestHandler()
}

async function notReady(_request: IncomingMessage, response: ServerResponse): Promise<void> {
  response.writeHead(503, { 'retry-after': '1' }).end()
}
