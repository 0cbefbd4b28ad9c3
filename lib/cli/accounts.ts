import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { hashPassword, randomPassword } from '#lib/accounts/password.ts'
import { role } from '#lib/accounts/person.ts'
import { StartProblem } from '#lib/db/database.ts'
import { openDatabase } from '#lib/db/open-database.ts'
import type { People } from '#lib/db/people.ts'
import { openStore } from '#lib/db/store.ts'
import { readEnv } from '#lib/env.ts'
import { reportAndExit } from './report.ts'

const usage = `Usage:
  npm run accounts -- list
  npm run accounts -- add EMAIL --role contributor|editor|admin [--name NAME]
  npm run accounts -- reset EMAIL

add and reset print a new password, once. With the embedded database, stop the server first.`

const email = z.email()

async function run(people: People, command: string | undefined, address: string | undefined, options: { role?: string; name?: string }) {
  if (command === 'list') {
    for (const person of await people.list()) console.log(`${person.email.padEnd(36)} ${person.role.padEnd(12)} ${person.name}`)
    return
  }
  const parsed = email.safeParse(address)
  if ((command !== 'add' && command !== 'reset') || !parsed.success) throw new StartProblem(usage)
  const password = randomPassword()
  const passwordHash = await hashPassword(password)
  if (command === 'reset') {
    if (!(await people.setPassword(parsed.data, passwordHash))) throw new StartProblem(`Nobody has the address ${parsed.data}.`)
  } else {
    const asked = role.safeParse(options.role ?? 'editor')
    if (!asked.success) throw new StartProblem(`--role must be ${role.options.join(', ')}.`)
    const name = options.name?.trim() || parsed.data.replace(/@.*/, '')
    const isAdded = await people.add({ email: parsed.data, name, role: asked.data, passwordHash })
    if (!isAdded) throw new StartProblem(`Somebody has the address ${parsed.data} already.`)
  }
  console.log(`${parsed.data} signs in with the password ${password}`)
}

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({ allowPositionals: true, options: { role: { type: 'string' }, name: { type: 'string' } } })
  const [command, address] = positionals
  if (command === undefined) throw new StartProblem(usage)
  const read = readEnv(process.env)
  if (read.kind === 'wrong') throw new StartProblem(read.lines.join('\n'))
  const root = fileURLToPath(new URL('../..', import.meta.url))
  const { DATABASE_URL, STAYTUNED_DATA } = read.env
  const database = await openDatabase(DATABASE_URL, resolve(root, STAYTUNED_DATA))
  const store = await openStore(database, join(root, 'prisma/migrations'))
  try {
    await run(store.people, command, address, values)
  } finally {
    await store.close()
  }
}

main().then(() => process.exit(0), reportAndExit)
