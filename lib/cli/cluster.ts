import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { addresses } from '#lib/addresses.ts'
import { openFront } from '#lib/cluster/front.ts'
import { startMember } from '#lib/cluster/member.ts'
import { openTeam, type Team } from '#lib/cluster/team.ts'
import { StartProblem } from '#lib/db/database.ts'
import { type Env, readEnv } from '#lib/env.ts'
import { listen } from '#lib/http/listen.ts'
import { buildProgram } from './build-program.ts'
import { reportAndExit } from './report.ts'
import { builtProgram } from './source-hash.js'

const usage = `Usage:
  npm run cluster                        one process for pages and the API, one for sockets, behind one port
  npm run cluster -- --web 2 --live 2    so many of each, up to 16

All run on this machine over the PostgreSQL server that DATABASE_URL names.`

const root = fileURLToPath(new URL('../..', import.meta.url))
const many = z.coerce.number().int().min(1).max(16)

function readSizes(): { web: number; live: number } {
  const { values } = parseArgs({ strict: false, options: { web: { type: 'string' }, live: { type: 'string' } } })
  const sizes = z.strictObject({ web: many.default(1), live: many.default(1) }).safeParse(values)
  if (!sizes.success) throw new StartProblem(usage)
  return sizes.data
}

function readSettings(): Env {
  const read = readEnv(process.env)
  if (read.kind === 'wrong') throw new StartProblem(`These settings are not right:\n${read.lines.map((line) => `  ${line}`).join('\n')}`)
  if (read.env.DATABASE_URL !== undefined) return read.env
  throw new StartProblem(
    'Set DATABASE_URL to the postgres:// address of a PostgreSQL server, 15 or newer: the embedded database belongs to one process.\n' +
      'For one process `npm start` is enough.',
  )
}

async function main(): Promise<void> {
  const sizes = readSizes()
  const env = readSettings()
  await buildProgram(root)

  const front = openFront({ web: () => web.ports(), live: () => live.ports() })
  await listen(front, env)
  const { publicUrl } = addresses(env, (front.address() as AddressInfo).port)
  const teamOf = (role: 'web' | 'live') => {
    const settings = { PUBLIC_URL: publicUrl, STAYTUNED_ROLE: role, STAYTUNED_PROXIES: String(env.STAYTUNED_PROXIES + 1) }
    const names = Array.from({ length: sizes[role] }, (_, index) => `${role} ${index + 1}`)
    const program = { file: builtProgram, root, settings }
    return openTeam(names, (name) => startMember(program, (line) => console.log(`${name} | ${line}`)), console.log)
  }
  const [web, live] = [teamOf('web'), teamOf('live')]
  const stop = async () => {
    front.close()
    await Promise.all([web.stop(), live.stop()])
    front.closeAllConnections()
  }
  // Asked for a second time, it doesn't wait for anybody, for then neither do they.
  const end = () => void stop().then(() => process.exit(0), reportAndExit)
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, end)
  // A terminal that was closed reads nothing any more; what runs is to be ended all the same.
  process.stdout.on('error', () => {})

  try {
    await Promise.all([web.start(), live.start()])
  } catch (error) {
    await stop()
    throw error
  }
  restartOnRequest([web, live])
  console.log(
    `\n  The cluster is on.\n\n  Readers   ${publicUrl}\n  The desk  ${publicUrl}/admin\n  Restart   kill -USR2 ${process.pid}\n  Stop      Ctrl-C, or kill ${process.pid}\n`,
  )
}

/** With SIGUSR2 each process is replaced, one after the other. */
function restartOnRequest(teams: readonly Team[]): void {
  let isRestarting = false
  const restart = async () => {
    if (isRestarting) return console.log('It is being restarted already.')
    isRestarting = true
    for (const team of teams) await team.restart()
    isRestarting = false
    console.log('Every process has been restarted.')
  }
  process.on('SIGUSR2', () => void restart().catch(reportAndExit))
}

main().catch(reportAndExit)
