import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import next from 'next'
import { openAccounts } from './accounts/accounts.ts'
import { admitToDesk, cookieAndOrigin } from './accounts/admit-to-desk.ts'
import { addFirstAdmin, type FirstAdmin } from './accounts/first-admin.ts'
import { limitedPasswords } from './accounts/limited-passwords.ts'
import { keptSecret } from './accounts/secret.ts'
import { openSessionCookies } from './accounts/session-cookie.ts'
import { addresses as addressesOf } from './addresses.ts'
import { browserFiles } from './cache/browser-files.ts'
import type { Handle } from './cache/record-answer.ts'
import { shareAnswers } from './cache/shared-answers.ts'
import type { Database } from './db/database.ts'
import { openStore } from './db/store.ts'
import { bucketOf, type Env } from './env.ts'
import { clientAddress } from './http/client-address.ts'
import { refuse, refusedAtDoor, tooBusy } from './http/door.ts'
import { answerHealth, isHealth } from './http/health.ts'
import { listen } from './http/listen.ts'
import { answerMetrics, isMetrics } from './http/metrics.ts'
import { openRequests } from './http/open-requests.ts'
import { limitPipelining } from './http/pipelining-limit.ts'
import { setSecurityHeaders, sharedSecurityHeaders } from './http/security-headers.ts'
import { limitUncachedWork } from './http/uncached-work.ts'
import { watchRequests } from './http/watch-requests.ts'
import { networkOf } from './limits/network.ts'
import { startDeskRooms } from './live/desk-rooms.ts'
import { startHub } from './live/hub.ts'
import type { HubSocket, Report } from './live/hub-socket.ts'
import { sendAway } from './live/send-away.ts'
import { openSocketServer } from './live/socket-server.ts'
import { openLog } from './log/open-log.ts'
import { shownPath } from './log/shown-path.ts'
import { openMailer } from './mail/mailer.ts'
import { bucketOriginals } from './media/bucket-originals.ts'
import { openMedia } from './media/media.ts'
import { openMetrics } from './metrics/metrics.ts'
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

export type Surroundings = {
  readonly root: string
  readonly dataFolder: string
  readonly isDevelopment: boolean
  /** Where the build has put what browsers are sent. */
  readonly browserFiles: string
}

const stalledMs = 120_000

/** So many sockets more than are served may be open: those that are told that there's no place, and where to ask instead. */
const roomToBeTold = 1_000

/** Wires everything together, in order: the database that is being opened, the store, Next, the sockets, the hub. */
export async function startServer(env: Env, database: Promise<Database>, surroundings: Surroundings): Promise<RunningServer> {
  const { root, dataFolder, isDevelopment } = surroundings
  // What an earlier version let Next keep of pictures, some of which may have been erased since.
  rmSync(join(root, '.next/cache/images'), { recursive: true, force: true })
  const log = openLog(env.STAYTUNED_LOG)
  const metrics = openMetrics()
  const report: Report = (what, error) => log.error({ err: error }, what)
  const watched = watchRequests(log, metrics, env.STAYTUNED_PROXIES)
  let handle: Handle = notReady
  let answerFromMemory = (_request: IncomingMessage, _response: ServerResponse): boolean => false
  const isTooMany = limitPipelining()
  const httpServer = createServer((request, response) => {
    if (isTooMany(request, response)) return
    // A crowd costs no more than this.
    if (answerFromMemory(request, response)) return
    watched(request, response, handle).catch((error: unknown) => {
      log.error({ err: error, path: shownPath(request.url ?? '') }, 'request failed outside of Next')
      response.destroy()
    })
  })
  // Whoever reads nothing of an answer for so long gets no more of it; sockets have clocks of their own.
  httpServer.timeout = stalledMs
  // First of all, so that a port that is taken is known before anything is opened. Until the rest is there, it answers 503.
  await listen(httpServer, env)
  const addresses = addressesOf(env, (httpServer.address() as AddressInfo).port)

  // Neither needs the other, and each takes about a second.
  const [store, handlePages] = await Promise.all([
    database.then((opened) => openStore(opened, join(root, 'prisma/migrations'), metrics.database)),
    env.STAYTUNED_ROLE === 'live' ? answerHealth : preparePages(surroundings),
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
  const passwords = limitedPasswords()
  const accounts = openAccounts(store.people, {
    secret,
    passwords,
    ...addresses,
    report: (what, error) => (error === undefined ? log.info(what) : log.error({ err: error }, what)),
  })
  const networkIn = (request: IncomingMessage) => networkOf(clientAddress(request, env.STAYTUNED_PROXIES))
  const mostSockets = env.STAYTUNED_MOST_SOCKETS
  // A page sends a message as it follows a story, and few after that.
  const maxMessagesOfNetwork = 4 * env.STAYTUNED_MOST_SOCKETS_OF_NETWORK
  const { sessionMarkIn } = openSessionCookies({ publicUrl: addresses.publicUrl, secret })
  const socketLimits = {
    sessionMarkIn,
    networkOf: networkIn,
    mostOfNetwork: env.STAYTUNED_MOST_SOCKETS_OF_NETWORK,
    onRefused: onceInAMinute(() =>
      log.warn('sockets of one address are refused: see STAYTUNED_MOST_SOCKETS_OF_NETWORK, and STAYTUNED_PROXIES if a proxy is in front'),
    ),
    mostOpen: mostSockets + roomToBeTold,
  }
  const io = env.STAYTUNED_ROLE === 'web' ? null : openSocketServer(httpServer, addresses.origins, socketLimits)
  const isSignedIn = async ({ handshake }: HubSocket) => (await accounts.identify(cookieAndOrigin(handshake.headers))).person !== null
  const hub = io && (await startHub(io, store, report, { mostSockets, maxMessagesOfNetwork, isSignedIn, meter: metrics.live }))
  const deskRooms = io && (await startDeskRooms(io, store, admitToDesk(accounts, store), report))
  const bucket = bucketOf(env)
  const originals = bucket && bucketOriginals(bucket)
  const media = openMedia(join(dataFolder, 'media'), originals ? { originals } : {})
  const work = limitUncachedWork(sessionMarkIn)
  // What is being written on changes from one request to the next.
  const shared = isDevelopment || env.STAYTUNED_ROLE === 'live' ? null : await shareAnswers(handlePages, store, addresses, work.shared)
  const files = isDevelopment || env.STAYTUNED_ROLE === 'live' ? null : browserFiles(surroundings.browserFiles, addresses)
  const stopKeepingTime = keepTime(newsroom, media, { auditDays: env.STAYTUNED_AUDIT_DAYS }, report)
  const stopAnswering = await store.erasures.answerAsked(randomUUID(), async (storyId, pictureIds) => {
    // Each process has made renditions of its own, where they share no folder.
    for (const id of pictureIds) await media.remove(id)
    shared?.drop(storyId)
    return hub?.epochOf(storyId) ?? null
  })
  // Told at once, and no reason not to start: readers' pages don't need it.
  originals?.check().catch((error: unknown) => log.error({ err: error }, 'pictures can be neither kept nor made: see STAYTUNED_S3_BUCKET'))
  const { STAYTUNED_SMTP_URL: smtp, STAYTUNED_MAIL_FROM: from } = env
  const mailer = smtp && from ? openMailer(smtp, from, (error) => log.error({ err: error }, 'sending mail failed')) : null
  const runtime: Runtime = { env, addresses, newsroom, media, accounts, passwords, mailer, log, metrics, work, hub }
  installRuntime(runtime)

  const requests = openRequests()
  const securityHeaders = sharedSecurityHeaders({ scripts: [], styles: [] }, addresses)
  answerFromMemory = (request, response) => {
    const kept = shared?.peek(request)
    if (!kept) return false
    kept.send(request, response).then(
      (how) => {
        metrics.keptAnswer(how === 'sent' ? 'hit' : 'not-modified')
        // What the system hasn't taken yet is waited for at the end.
        if (response.socket?.writableLength) requests.count(response)
      },
      (error: unknown) => {
        report('sending what is kept failed', error)
        response.destroy()
      },
    )
    if (request.url?.includes('/events?')) metrics.caughtUpByHttp('memory')
    return true
  }
  const tellBusy = onceInAMinute(() =>
    log.warn('requests are refused with 503: a network asks for too much, or STAYTUNED_PROXIES is not set and all readers seem to be one'),
  )
  const refuseBusy = (response: ServerResponse) => {
    tellBusy()
    refuse(response, tooBusy, securityHeaders)
  }
  handle = async (request, response) => {
    requests.count(response)
    const refusal = refusedAtDoor(request, isDevelopment)
    if (refusal) return refuse(response, refusal, securityHeaders)
    const network = networkIn(request)
    const answer = await shared?.answerTo(request, network)
    if (answer === 'busy') return refuseBusy(response)
    if (answer) {
      metrics.keptAnswer('miss')
      await answer.send(request, response)
      return
    }
    const file = files?.(request)
    if (file) {
      await file.send(request, response)
      return
    }
    setSecurityHeaders(request, response, addresses, isDevelopment)
    if (isHealth(request)) return answerHealth(request, response)
    if (isMetrics(request)) return answerMetrics(request, response)
    if (!(await work.admit(request, response, network))) return refuseBusy(response)
    request.headers['x-forwarded-for'] = clientAddress(request, env.STAYTUNED_PROXIES)
    await handlePages(request, response)
  }

  const stop = async () => {
    httpServer.close()
    httpServer.closeIdleConnections()
    await requests.over()
    // Who was let in and asks only now is to ask another.
    handle = notReady
    answerFromMemory = () => false
    stopKeepingTime()
    await stopAnswering()
    await shared?.stop()
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

function onceInAMinute(work: () => void): () => void {
  let last = Number.NEGATIVE_INFINITY
  return () => {
    if (performance.now() - last < 60_000) return
    last = performance.now()
    work()
  }
}

async function preparePages({ root, isDevelopment }: Surroundings): Promise<Handle> {
  const app = next({ dev: isDevelopment, dir: root })
  await app.prepare()
  return app.getRequestHandler()
}

async function notReady(_request: IncomingMessage, response: ServerResponse): Promise<void> {
  response.writeHead(503, { 'retry-after': '1' }).end()
}
