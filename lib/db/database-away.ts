/** By what drivers and the system name a database that can't be reached, or that ended a connection: it may be back in a moment. */
const codes = new Set([
  // Prisma: can't be reached, took too long, closed the connection, gave no connection in time, could not begin in time.
  ...['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028'],
  // The system.
  ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT'],
  // PostgreSQL: connection exceptions, shut down, crashed, starting, too many connections.
  ...['08000', '08001', '08003', '08004', '08006', '57P01', '57P02', '57P03', '53300'],
])
const kinds = new Set(['DatabaseNotReachable', 'ConnectionClosed', 'SocketTimeout', 'TooManyConnections'])
const saidOnly = /connection terminated|connection timeout|timeout exceeded when trying to connect/i

/** Whether that went wrong because the database wasn't there, and not because of what was asked of it. */
export function isDatabaseAway(error: unknown, depth = 0): boolean {
  if (typeof error !== 'object' || error === null || depth > 5) return false
  const { code, originalCode, kind, cause, message } = error as Record<string, unknown>
  if ([code, originalCode].some((each) => typeof each === 'string' && codes.has(each))) return true
  if (typeof kind === 'string' && kinds.has(kind)) return true
  if (typeof message === 'string' && saidOnly.test(message)) return true
  return isDatabaseAway(cause, depth + 1)
}
