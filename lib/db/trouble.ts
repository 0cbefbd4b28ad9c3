/** By what drivers and the system name a database that can't be reached, or that ended a connection: it may be back in a moment. */
const away = new Set([
  // Prisma: can't be reached, took too long, closed the connection, gave no connection in time, could not begin in time.
  ...['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028'],
  ...['DatabaseNotReachable', 'ConnectionClosed', 'SocketTimeout', 'TooManyConnections'],
  // The system.
  ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT'],
  // PostgreSQL: connection exceptions, shut down, crashed, starting, too many connections.
  ...['08000', '08001', '08003', '08004', '08006', '57P01', '57P02', '57P03', '53300'],
])
/** A disk on which there's no more room, the database's or that of the pictures. */
const full = new Set(['53100', 'ENOSPC'])
const saidOnly = /connection terminated|connection timeout|timeout exceeded when trying to connect/i

/** How many errors may stand around the one that says why. */
const deepest = 5

/**
 * Whether something went wrong because the database wasn't there, or the disk is full, and not because of what was asked: nothing was
 * written, or only the log knows.
 */
export function troubleIn(error: unknown, depth = 0): 'away' | 'full' | null {
  if (typeof error !== 'object' || error === null || depth > deepest) return null
  const { code, originalCode, kind, cause, meta, driverAdapterError, message } = error as Record<string, unknown>
  const names = [code, originalCode, kind].filter((name) => typeof name === 'string')
  if (names.some((name) => full.has(name))) return 'full'
  if (names.some((name) => away.has(name)) || (typeof message === 'string' && saidOnly.test(message))) return 'away'
  return troubleIn(cause, depth + 1) ?? troubleIn(meta, depth + 1) ?? troubleIn(driverAdapterError, depth + 1)
}
