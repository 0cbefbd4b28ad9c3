import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** What is open in this process at a moment. */
export type Sockets = {
  readonly connections: number
  /** Those that follow, counted once for each story: readers, and desks and lists of stories. */
  readonly readers: number
  readonly onlookers: number
  /** Those that get no events until they have caught up. */
  readonly slow: number
}

export type RouteKind = 'page' | 'api' | 'media' | 'other'

/** How a page was answered that is kept in memory: from there, made anew, or by "you have it". */
const keptResults = ['hit', 'miss', 'not-modified'] as const

/** What a process counts and measures of itself. Labels are few and fixed: no story, person or address is one. */
export type Metrics = {
  readonly contentType: string
  /** All of it, in the text format of Prometheus. */
  scrape(sockets: Sockets): Promise<string>
  /** What the hub tells of its work: see Meter in lib/live/hub-socket.ts. */
  readonly live: {
    sent(events: readonly { readonly at: string }[], readers: number): void
    caughtUp(from: 'memory' | 'store'): void
    cut(): void
    waiting(bytes: number): void
    behind(events: number): void
  }
  /** A reader asked over HTTP for what it had missed. */
  caughtUpByHttp(from: 'memory' | 'store'): void
  /** A statement or transaction took so long, in seconds. */
  database(operation: string, seconds: number, isDone: boolean): void
  /** A request was answered; `status` is the class of its status, like 2xx. */
  request(method: string, route: RouteKind, status: string, seconds: number): void
  /** What all readers are answered was asked for. From memory it is counted here and nowhere else. */
  keptAnswer(result: (typeof keptResults)[number]): void
}

/** Bounds of what is waited for, in seconds. */
const bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

export function openMetrics(): Metrics {
  const registry = new Registry()
  const registers = [registry]
  // What Node and the system know of this process: CPU, memory, garbage collection, how late the event loop is.
  collectDefaultMetrics({ register: registry })

  const connections = new Gauge({ name: 'staytuned_connections', help: 'Sockets that are open.', registers })
  const followers = new Gauge({
    name: 'staytuned_followers',
    help: 'Sockets that follow a story, once for each story: readers, and desks and lists of stories, which are onlookers.',
    labelNames: ['kind'],
    registers,
  })
  const slow = new Gauge({ name: 'staytuned_slow_readers', help: 'Sockets that get no events until they have caught up.', registers })
  const deliveries = new Counter({
    name: 'staytuned_deliveries_total',
    help: 'Events handed to sockets: each counts once for each reader.',
    registers,
  })
  const publishToEmit = new Histogram({
    name: 'staytuned_publish_to_emit_seconds',
    help: 'From the time of an event to its being handed to the sockets of its readers.',
    buckets: bounds,
    registers,
  })
  const catchUps = new Counter({
    name: 'staytuned_catch_ups_total',
    help: 'Readers who asked for what came after a number, by the way they asked and by where the answer was.',
    labelNames: ['via', 'from'],
    registers,
  })
  const cut = new Counter({ name: 'staytuned_slow_readers_cut_total', help: 'Connections that were cut, for they could not keep up.', registers })
  const waiting = new Gauge({
    name: 'staytuned_send_queue_bytes',
    help: 'What waited to be sent to all readers together, when last looked at.',
    registers,
  })
  const behind = new Gauge({
    name: 'staytuned_hub_behind_events',
    help: 'Events that the logs had and the hub had not, when last looked at.',
    registers,
  })
  const database = new Histogram({
    name: 'staytuned_database_duration_seconds',
    help: 'How long the database took, waiting for a connection included, by the kind of statement; transaction: from begin to commit.',
    labelNames: ['operation'],
    buckets: bounds,
    registers,
  })
  const databaseFailures = new Counter({
    name: 'staytuned_database_failures_total',
    help: 'Statements and transactions that the database refused or did not answer.',
    labelNames: ['operation'],
    registers,
  })
  const requests = new Histogram({
    name: 'staytuned_http_request_duration_seconds',
    help: 'From a request to the end of its answer; what was answered from memory is counted in staytuned_kept_answers_total alone.',
    labelNames: ['method', 'route', 'status'],
    buckets: bounds,
    registers,
  })
  const kept = new Counter({
    name: 'staytuned_kept_answers_total',
    help: 'Pages that were asked for and may be kept in memory, by how they were answered.',
    labelNames: ['result'],
    registers,
  })
  // A series begins at nothing, so that its first step is seen as one.
  for (const via of ['socket', 'http']) for (const from of ['memory', 'store']) catchUps.inc({ via, from }, 0)
  for (const result of keptResults) kept.inc({ result }, 0)

  return {
    contentType: registry.contentType,
    scrape(sockets) {
      connections.set(sockets.connections)
      followers.set({ kind: 'reader' }, sockets.readers)
      followers.set({ kind: 'onlooker' }, sockets.onlookers)
      slow.set(sockets.slow)
      return registry.metrics()
    },
    live: {
      sent(events, readers) {
        deliveries.inc(events.length * readers)
        // Clocks of two machines may be apart: nothing is sent before it was published.
        for (const { at } of events) publishToEmit.observe(Math.max(Date.now() - Date.parse(at), 0) / 1000)
      },
      caughtUp: (from) => catchUps.inc({ via: 'socket', from }),
      cut: () => cut.inc(),
      waiting: (bytes) => waiting.set(bytes),
      behind: (events) => behind.set(events),
    },
    caughtUpByHttp: (from) => catchUps.inc({ via: 'http', from }),
    database(operation, seconds, isDone) {
      database.observe({ operation }, seconds)
      databaseFailures.inc({ operation }, isDone ? 0 : 1)
    },
    request: (method, route, status, seconds) => requests.observe({ method, route, status }, seconds),
    keptAnswer: (result) => kept.inc({ result }),
  }
}
