import type { SqlDriverAdapterFactory } from '@prisma/driver-adapter-utils'

/** Runs one statement (with parameters) or a script of several (without) and answers the rows of the last. */
export type RunSql = (sql: string, parameters?: readonly unknown[]) => Promise<Record<string, unknown>[]>

/** PostgreSQL, embedded or a server: what the store needs of it beside what Prisma's adapter gives. */
export type Database = {
  readonly kind: 'embedded' | 'server'
  readonly adapter: SqlDriverAdapterFactory
  /** One connection to itself for as long as `work` runs. */
  session<Answer>(work: (run: RunSql) => Promise<Answer>): Promise<Answer>
  /**
   * Calls `onNotice` with the payload of each notice on `channel`. Notices may be lost (a connection that broke is opened
   * again by itself): whoever listens must also look from time to time. The answer stops it.
   */
  listen(channel: string, onNotice: (payload: string) => void): Promise<() => Promise<void>>
  /** How many processes listen to it at this moment, this one included. */
  processes(): Promise<number>
  /**
   * Writes these tables anew, so that rows that were changed or deleted are no longer in their files, and what was known of the
   * values in them is found out anew. The embedded database gives up its write-ahead log too. On a server, where others work
   * meanwhile, the room of such rows is only given back: its files may hold them until it is used, or until a VACUUM FULL.
   */
  rewrite(tables: readonly string[]): Promise<void>
  close(): Promise<void>
}

/** What keeps the program from starting, told to whoever starts it: the message says what is wrong and what to do. */
export class StartProblem extends Error {
  override name = 'StartProblem'
}
