import { closeSync, existsSync, ftruncateSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
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

/** How long a process that is ending is waited for, in ms. */
const patienceMs = 3_000
const lookEveryMs = 50

/**
 * Locks the folder for this process, and answers how to release it. The operating system holds the lock, on a file that names the
 * process: it ends with the process, however that ends, and also holds between containers that share the folder. Throws a
 * {@link StartProblem} if another process still has it after {@link patienceMs}, or if files can't be locked there.
 */
export async function lockFolder(folder: string): Promise<() => void> {
  prepareFolder(folder)
  const file = join(folder, 'lock')
  const lock = await openLock(file).catch((error: unknown) => {
    throw new StartProblem(`The data folder ${folder} can't be locked. Name a folder on a local disk with STAYTUNED_DATA.`, { cause: error })
  })
  const end = performance.now() + patienceMs
  while (!lock.isOurs()) {
    if (performance.now() > end) {
      lock.close()
      throw new StartProblem(
        `The database in ${folder} is in use by process ${readFileSync(file, 'utf8') || 'unknown'}, and the embedded database belongs to one process.\n` +
          'Stop that process first, or name another folder with STAYTUNED_DATA, or a Postgres server with DATABASE_URL.',
      )
    }
    await wait(lookEveryMs)
  }
  lock.write(String(process.pid))
  return () => {
    lock.write('')
    lock.close()
  }
}

/** The file, and the first try at its lock: where files can't be locked, that throws. Closing it releases the lock. */
async function openLock(file: string) {
  // Compiled code, which only the embedded database needs.
  const { tryLock } = await import('fs-native-extensions')
  const opened = openSync(file, 'a+')
  let isOurs = tryLock(opened)
  return {
    isOurs() {
      isOurs ||= tryLock(opened)
      return isOurs
    },
    write(text: string) {
      ftruncateSync(opened)
      writeSync(opened, text)
    },
    close: () => closeSync(opened),
  }
}
