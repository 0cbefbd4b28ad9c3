/** By what drivers and the system name a database that can't be reached, or that ended a connection: it may be back in a moment. */
const away = new Set([
  // Prisma: can't be reached, took too long, closed the connection, gave no connection in time.
  ...['P1001', 'P1002', 'P1008', 'P1017', 'P2024'],
  ...['DatabaseNotReachable', 'ConnectionClosed', 'SocketTimeout', 'TooManyConnections'],
  // The system.
  ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT'],
  // PostgreSQL: connection exceptions, shut down, crashed, starting, too many connections.
  ...['08000', '08001', '08003', '08004', '08006', '57P01', '57P02', '57P03', '53300'],
])
/** A disk on which there's no more room, the database's or that of the pictures. */
const full = new Set(['53100', 'ENOSPC'])
/** What the driver's pool names in no other way. */
const saidOnly = /connection terminated|connection timeout|timeout exceeded when trying to connect/i

/** How many errors may stand around the one that says why. */
const deepest = 5

/** The mark of what has come from the database's driver as it is, for others speak over connections too. Routes are bundled apart from the store. */
const mark = Symbol.for('staytuned.from-database')

export function fromDatabase(error: unknown): void {
  if (error instanceof Error) Object.defineProperty(error, mark, { value: true })
}

/**
 * Whether something went wrong because the database wasn't there, or because a disk is full, and not because of what was asked: nothing was
 * written, or only the log knows.
 */
export function troubleIn(error: unknown): 'away' | 'full' | null {
  const trouble = namedIn(error, 0)
  return trouble === 'away' && !isOfDatabase(error) ? null : trouble
}

function isOfDatabase(error: unknown): boolean {
  return error instanceof Error && (error.name.startsWith('PrismaClient') || mark in error)
}

function namedIn(error: unknown, depth: number): 'away' | 'full' | null {
  if (typeof error !== 'object' || error === null || depth > deepest) return null
  const { code, originalCode, kind, cause, meta, driverAdapterError, message } = error as Record<string, unknown>
  const names = [code, originalCode, kind].filter((name) => typeof name === 'string')
  if (names.some((name) => full.has(name))) return 'full'
  if (names.some((name) => away.has(name)) || (typeof message === 'string' && saidOnly.test(message))) return 'away'
  return namedIn(cause, depth + 1) ?? namedIn(meta, depth + 1) ?? namedIn(driverAdapterError, depth + 1)
}
