import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { addPerson } from '#lib/accounts/add-person.ts'
import { letBackIn } from '#lib/accounts/let-back-in.ts'
import { hashPassword, randomPassword } from '#lib/accounts/password.ts'
import { type Role, role } from '#lib/accounts/person.ts'
import { addresses } from '#lib/addresses.ts'
import { StartProblem } from '#lib/db/database.ts'
import { openDatabase } from '#lib/db/open-database.ts'
import type { People } from '#lib/db/people.ts'
import { openStore } from '#lib/db/store.ts'
import { type Env, readEnv } from '#lib/env.ts'
import { securityLetter } from '#lib/mail/letters.ts'
import { openMailer } from '#lib/mail/mailer.ts'
import type { AccountChange } from '#lib/people/account-change.ts'
import { reportAndExit } from './report.ts'

const usage = `Usage:
  npm run accounts -- list
  npm run accounts -- add EMAIL --role contributor|editor|admin [--name NAME]
  npm run accounts -- reset EMAIL

add and reset print a new password, once; reset also turns two-factor off, removes passkeys, ends all sessions, and lets somebody who
was deactivated in again. With a mail server set, it emails the owner. With the embedded database, stop the server first.`

type Command = { kind: 'list' } | { kind: 'add'; email: string; role: Role; name: string } | { kind: 'reset'; email: string }

/** What is asked for; throws the usage, or what is wrong with it, before anything is opened. */
function readCommand(): Command {
  const { positionals, values } = parseArgs({
    strict: false,
    allowPositionals: true,
    options: { role: { type: 'string' }, name: { type: 'string' } },
  })
  const [kind, address] = positionals
  if (kind === 'list') return { kind }
  const email = z.email().safeParse(address)
  if ((kind !== 'add' && kind !== 'reset') || !email.success) throw new StartProblem(usage)
  if (kind === 'reset') return { kind, email: email.data }
  const asked = role.safeParse(values.role ?? 'editor')
  if (!asked.success) throw new StartProblem(`--role must be ${role.options.join(', ')}.`)
  const name = String(values.name ?? '').trim() || email.data.replace(/@.*/, '')
  return { kind, email: email.data, role: asked.data, name }
}

async function run(people: People, command: Command, env: Env): Promise<void> {
  if (command.kind === 'list') {
    for (const { email, role, name, deactivatedAt } of await people.list()) {
      console.log(`${email.padEnd(36)} ${role.padEnd(12)} ${name}${deactivatedAt === null ? '' : ' (deactivated)'}`)
    }
    return
  }
  const { email } = command
  const password = randomPassword()
  const passwordHash = await hashPassword(password)
  const by = { at: new Date(), actor: { id: null, name: 'Command line' } }
  if (command.kind === 'reset') {
    const change = await people.write((writing) => letBackIn(writing, email, passwordHash, by))
    if (change === null) throw new StartProblem(`Nobody has the address ${email}.`)
    await tellOwner(change, env)
  } else if (!(await people.write((writing) => addPerson(writing, { email, name: command.name, role: command.role, passwordHash }, by)))) {
    throw new StartProblem(`Somebody has the address ${email} already.`)
  }
  console.log(`${email} signs in with the password ${password}`)
}

/** Emails the owner what was changed, if a mail server is set. An email that can't be sent is said and fails nothing. */
async function tellOwner(change: AccountChange, env: Env): Promise<void> {
  const { STAYTUNED_SMTP_URL: smtp, STAYTUNED_MAIL_FROM: from } = env
  if (!smtp || !from) return
  const mailer = openMailer(smtp, from, (error) => console.error('The email that tells the owner could not be sent.', error))
  await mailer.send(securityLetter(change, `${addresses(env, env.PORT).publicUrl}/admin/sign-in/forgot`))
}

async function main(): Promise<void> {
  const command = readCommand()
  const read = readEnv(process.env)
  if (read.kind === 'wrong') throw new StartProblem(read.lines.join('\n'))
  const root = fileURLToPath(new URL('../..', import.meta.url))
  const { DATABASE_URL, STAYTUNED_DATA } = read.env
  const database = await openDatabase(DATABASE_URL, resolve(root, STAYTUNED_DATA))
  const store = await openStore(database, join(root, 'prisma/migrations'))
  try {
    await run(store.people, command, read.env)
  } finally {
    await store.close()
  }
}

main().then(() => process.exit(0), reportAndExit)
