import { closeSync, existsSync, ftruncateSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { tryLock, unlock } from 'fs-native-extensions'
import { StartProblem } from './database.ts'

/** Makes the folder unless it is there, and makes sure that files can be written to it; says in a sentence why not. */
export function prepareFolder(folder: string): void {
  const probe = join(folder, `.write-${process.pid}`)
  try {
    makeFolder(folder)
    writeFileSync(probe, 'x')
    rmSync(probe)
  } catch (error) {
    throw new StartProblem(
      `Nothing can be kept in the data folder ${folder}: it can't be made, or not be written to.\n` +
        'Give this user the right to write there, or name another folder with STAYTUNED_DATA.',
      { cause: error },
    )
  }
}

/** One after the other: asked to make all at once, Node never ends where the system takes none, as in /proc. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return
  makeFolder(dirname(folder))
  mkdirSync(folder)
}

/** Whoever is about to end has so long to do it, in ms. */
const patienceMs = 3_000
const lookEveryMs = 50

/**
 * Makes the folder this process's own until the answer is called, or the process is gone, in whichever way: the lock is the operating
 * system's, on a file that says who holds it, and holds too between containers that share the folder. Whoever holds it is waited for
 * a little while; then this throws.
 */
export async function lockFolder(folder: string): Promise<() => void> {
  prepareFolder(folder)
  const file = join(folder, 'lock')
  const opened = openSync(file, 'a+')
  const end = performance.now() + patienceMs
  while (!tryLock(opened)) {
    if (performance.now() > end) {
      closeSync(opened)
      throw new StartProblem(
        `The database in ${folder} is in use by process ${readFileSync(file, 'utf8') || 'unknown'}, and the embedded database belongs to one process.\n` +
          'Stop that process first, or name another folder with STAYTUNED_DATA, or a Postgres server with DATABASE_URL.',
      )
    }
    await wait(lookEveryMs)
  }
  ftruncateSync(opened)
  writeSync(opened, String(process.pid))
  return () => {
    ftruncateSync(opened)
    unlock(opened)
    closeSync(opened)
  }
}
