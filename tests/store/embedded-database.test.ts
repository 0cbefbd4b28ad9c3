import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { StartProblem } from '#lib/db/database.ts'
import { openEmbeddedDatabase } from '#lib/db/embedded-database.ts'
import { makeEmbeddedDatabase } from '../databases.ts'
import { temporaryFolder } from './temporary-folder.ts'

describe('the folder of the embedded database', () => {
  let made: string
  let drop: () => Promise<void>

  beforeAll(async () => {
    ;({ folder: made, drop } = await makeEmbeddedDatabase('empty'))
    const database = await openEmbeddedDatabase(made)
    await database.session((run) => run("CREATE TABLE kept (word TEXT); INSERT INTO kept VALUES ('here')"))
    await database.close()
  })
  afterAll(() => drop())

  function copy(): { data: string; files: string } {
    const data = temporaryFolder()
    cpSync(made, data, { recursive: true })
    return { data, files: join(data, 'postgres') }
  }

  async function kept(data: string): Promise<unknown> {
    const database = await openEmbeddedDatabase(data)
    try {
      return await database.session((run) => run('SELECT word FROM kept', []))
    } finally {
      await database.close()
    }
  }

  test('keeps what was written', async () => {
    expect(await kept(copy().data)).toEqual([{ word: 'here' }])
  })

  test('belongs to one process, and is free again when that is gone, whatever became of it', async () => {
    const { data } = copy()
    const other = await holdInAnotherProcess(data)
    const problem = await openEmbeddedDatabase(data).catch((error: unknown) => error)
    expect(problem).toBeInstanceOf(StartProblem)
    expect(String(problem)).toMatch(new RegExp(`in use by process ${other.pid}`))

    other.kill('SIGKILL')
    await once(other, 'exit')
    // Its mark is still there, and may be the number of somebody else's process by now.
    expect(readFileSync(join(data, 'lock'), 'utf8')).toBe(String(other.pid))
    expect(await kept(data)).toEqual([{ word: 'here' }])
    expect(readFileSync(join(data, 'lock'), 'utf8')).toBe('')
  })

  test('is waited for while whoever has it ends', async () => {
    const { data } = copy()
    const other = await holdInAnotherProcess(data)
    const opening = kept(data)
    setImmediate(() => other.kill('SIGKILL'))
    expect(await opening).toEqual([{ word: 'here' }])
  })

  test('is free when the mark in it names nobody, or somebody who has nothing to do with it', async () => {
    const { data } = copy()
    for (const mark of ['', 'nobody', '0', '-1', '1', String(process.pid), String(process.ppid)]) {
      writeFileSync(join(data, 'lock'), mark)
      expect(await kept(data)).toEqual([{ word: 'here' }])
    }
  })

  test.each<[name: string, damage: (files: string) => void]>([
    ['its control file is garbage', (files) => spoil(join(files, 'global/pg_control'))],
    ['its control file is lost', (files) => rmSync(join(files, 'global/pg_control'))],
    ['its version is garbage', (files) => writeFileSync(join(files, 'PG_VERSION'), 'garbage')],
    ['its version is lost', (files) => rmSync(join(files, 'PG_VERSION'))],
    ['its settings are lost', (files) => rmSync(join(files, 'postgresql.conf'))],
    ['its log is garbage', (files) => each(join(files, 'pg_wal'), spoil)],
    ['its log is lost', (files) => each(join(files, 'pg_wal'), rmSync)],
    ['its tables are garbage', (files) => each(join(files, 'base/5'), spoil)],
  ])('is left as it is when %s, and whoever starts it is told', async (_, damage) => {
    const { data, files } = copy()
    damage(files)
    const before = tables(files)
    const problem = await openEmbeddedDatabase(data).catch((error: unknown) => error)
    expect(problem).toBeInstanceOf(StartProblem)
    expect(String(problem)).toMatch(/can't be opened; it may be damaged/)
    expect(tables(files)).toEqual(before)
    expect(readFileSync(join(data, 'lock'), 'utf8')).toBe('')
  })

  test('is made anew where a first start was cut off', async () => {
    const data = temporaryFolder()
    mkdirSync(join(data, 'postgres.new'))
    writeFileSync(join(data, 'postgres.new/PG_VERSION'), '17')
    await (await openEmbeddedDatabase(data)).close()
    expect(readdirSync(data)).toEqual(['lock', 'postgres'])
  })
})

function spoil(file: string): void {
  writeFileSync(file, Buffer.alloc(readFileSync(file).length, 'garbage'))
}

/** Does it to each file that belongs to a table or the log, which have names of digits. */
function each(folder: string, work: (file: string) => void): void {
  for (const name of readdirSync(folder)) if (/^[0-9A-F]+$/.test(name)) work(join(folder, name))
}

/** What the files with tables in them hold. */
function tables(files: string): Map<string, string> {
  const all = readdirSync(join(files, 'base'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && /^\d+$/.test(entry.name))
  const paths = all.map((entry) => join(entry.parentPath, entry.name))
  return new Map(paths.map((path) => [path, createHash('sha256').update(readFileSync(path)).digest('hex')]))
}

/** A process that has opened the embedded database there and keeps it. */
async function holdInAnotherProcess(data: string): Promise<ChildProcess> {
  const script = `
    const { openEmbeddedDatabase } = await import('#lib/db/embedded-database.ts')
    await openEmbeddedDatabase(${JSON.stringify(data)})
    console.log('open')
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  await once(child.stdout, 'data')
  return child
}
