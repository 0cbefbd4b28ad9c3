import { randomUUID } from 'node:crypto'
import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { type Database, StartProblem } from './database.ts'

const connectTimeoutMs = 5_000
/** For a connection that others have at the moment: as long as a transaction waits to begin. */
const poolTimeoutMs = 10_000
const statementTimeoutMs = 15_000
const listenAgainMs = 1_000
const listenerPrefix = 'staytuned '

/** A PostgreSQL server (15 or newer) at `url`: a pool of connections for the queries, and one of its own for each listener. */
export async function openServerDatabase(url: string): Promise<Database> {
  const connection = { connectionString: url, connectionTimeoutMillis: connectTimeoutMs, keepAlive: true }
  await withClient(connection, (client) => client.query('SELECT 1')).catch((error: unknown) => {
    throw new StartProblem(
      `The database that DATABASE_URL names doesn't answer: ${error instanceof Error ? error.message : error}\n` +
        'Check that the server runs, and that the address, the name and the password are right.',
      { cause: error },
    )
  })
  // Connections that listen bear the name of their process, so that the database can say how many processes there are.
  const listening = { ...connection, application_name: `${listenerPrefix}${randomUUID()}` }
  return {
    kind: 'server',
    adapter: new PrismaPg({ ...connection, max: 10, connectionTimeoutMillis: poolTimeoutMs, statement_timeout: statementTimeoutMs }),
    session: (work) =>
      withClient(connection, (client) =>
        work(async (sql, parameters) => (await client.query(sql, parameters ? [...parameters] : undefined)).rows ?? []),
      ),
    listen: (channel, onNotice) => listen(listening, channel, onNotice),
    processes: () =>
      withClient(connection, async (client) => {
        const { rows } = await client.query<{ count: number }>(
          `SELECT count(DISTINCT application_name)::int AS count FROM pg_stat_activity WHERE datname = current_database() AND starts_with(application_name, $1)`,
          [listenerPrefix],
        )
        return rows[0]?.count ?? 0
      }),
    async rewrite(tables) {
      await withClient(connection, (client) => client.query(`VACUUM (ANALYZE) ${tables.join(', ')}`))
    },
    // Prisma ends the pool that its adapter made; sessions and listeners end their own.
    close: async () => {},
  }
}

async function withClient<Answer>(connection: pg.ClientConfig, work: (client: pg.Client) => Promise<Answer>): Promise<Answer> {
  const client = new pg.Client(connection)
  // Without a listener an error of an idle connection would end the process; the query that meets it reports it.
  client.on('error', () => {})
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

async function listen(connection: pg.ClientConfig, channel: string, onNotice: (payload: string) => void): Promise<() => Promise<void>> {
  let stopped = false
  let current: pg.Client | undefined
  let again: NodeJS.Timeout | undefined

  const open = async () => {
    const client = new pg.Client(connection)
    let isOver = false
    const over = () => {
      if (isOver || stopped) return
      isOver = true
      again = setTimeout(() => void open().catch(over), listenAgainMs)
    }
    client.on('error', over)
    client.on('end', over)
    client.on('notification', (notice) => onNotice(notice.payload ?? ''))
    current = client
    try {
      await client.connect()
      await client.query(`LISTEN ${client.escapeIdentifier(channel)}`)
    } catch {
      // The server is away: 'error' or 'end' may or may not come for a connection that never was.
      over()
    }
  }
  await open()

  return async () => {
    stopped = true
    clearTimeout(again)
    await current?.end()
  }
}
