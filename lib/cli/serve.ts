import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { prepareFolder } from '#lib/db/data-folder.ts'
import { StartProblem } from '#lib/db/database.ts'
import { openDatabase } from '#lib/db/open-database.ts'
import { readEnv } from '#lib/env.ts'
import { browserFiles } from './built.js'
import { reportAndExit } from './report.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const isDevelopment = process.argv.includes('--dev')

async function start(): Promise<void> {
  const read = readEnv(process.env)
  if (read.kind === 'wrong') throw new StartProblem(`These settings are not right:\n${read.lines.map((line) => `  ${line}`).join('\n')}`)
  // React and Next choose their builds by this as they are loaded, so it is set before they are.
  Object.assign(process.env, { NODE_ENV: isDevelopment ? 'development' : 'production', NEXT_TELEMETRY_DISABLED: '1' })
  // What the build has made is looked for from here, by Next's own code and by ours that runs in it.
  process.chdir(root)
  const dataFolder = resolve(root, read.env.STAYTUNED_DATA)
  prepareFolder(dataFolder)
  // Begun before the rest is loaded: most of it is WebAssembly that compiles beside the main thread.
  const database = openDatabase(read.env.DATABASE_URL, dataFolder)
  database.catch(reportAndExit)
  const { startServer } = await import('#lib/server.ts')
  const server = await startServer(read.env, database, { root, dataFolder, isDevelopment, browserFiles: join(root, browserFiles) })

  console.log(`\n  Staytuned is on.\n\n  Readers   ${server.publicUrl}\n  The desk  ${server.publicUrl}/admin\n`)
  if (server.firstAdmin) {
    console.log(
      `  Sign in as ${server.firstAdmin.email} with the password ${server.firstAdmin.password}\n` +
        '  It is shown this once. `npm run accounts -- reset EMAIL` makes another.\n',
    )
  }
  const exit = (ending: Promise<void>) => void ending.then(() => process.exit(0), reportAndExit)
  // Asked for a second time, it doesn't wait for anybody.
  process.once('SIGTERM', () => {
    process.once('SIGTERM', () => exit(server.stop()))
    exit(server.drain())
  })
  process.once('SIGINT', () => exit(server.stop()))
}

start().catch(reportAndExit)
