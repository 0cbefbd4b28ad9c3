import type { Database } from './database.ts'

/** The server at `url`, or without one the embedded database in `folder`. Only the driver of the one that is opened is loaded. */
export async function openDatabase(url: string | undefined, folder: string): Promise<Database> {
  if (url !== undefined) return (await import('./server-database.ts')).openServerDatabase(url)
  return (await import('./embedded-database.ts')).openEmbeddedDatabase(folder)
}
