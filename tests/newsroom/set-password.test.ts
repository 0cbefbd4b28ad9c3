import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { addPerson } from '#lib/accounts/add-person.ts'
import { addFirstAdmin } from '#lib/accounts/first-admin.ts'
import { letBackIn } from '#lib/accounts/let-back-in.ts'
import { hashPassword, verifyPassword } from '#lib/accounts/password.ts'
import type { Caller } from '#lib/accounts/person.ts'
import { type Database, StartProblem } from '#lib/db/database.ts'
import { endedChannel, sessionMark } from '#lib/db/ended-sessions.ts'
import { openStore, type Store } from '#lib/db/store.ts'
import { acceptInvitation } from '#lib/newsroom/people/accept-invitation.ts'
import { changeOwnPassword } from '#lib/newsroom/people/change-own-account.ts'
import { invitePerson } from '#lib/newsroom/people/invite-person.ts'
import { askForReset } from '#lib/newsroom/people/make-reset-link.ts'
import { resetPassword } from '#lib/newsroom/people/reset-password.ts'
import { newInvitation } from '#lib/people/invitation.ts'
import { passwordChange } from '#lib/people/password-bodies.ts'
import { readAudit } from '#lib/reading/read-audit.ts'
import { databaseKinds, migrations, openTestDatabase } from '../databases.ts'
import { answerOf, caller } from './a-newsroom.ts'

const passwords = { hash: hashPassword, verify: verifyPassword }
const password = 'a-password-of-mine'

describe.each(databaseKinds)('a password that is set, on the %s database', (kind) => {
  let database: Database
  let store: Store
  const newsroom = {
    get store() {
      return store
    },
    now: () => new Date('2026-12-01T10:00:00Z'),
  }
  let people = 0

  beforeAll(async () => {
    database = await openTestDatabase(kind)
    store = await openStore(database, migrations)
  })
  afterAll(() => store.close())

  /** Somebody with two passkeys, two sessions, a sign-in that waits for its second factor, and a passkey that is being added. */
  const joined = async (name = 'Ann Author') => {
    people += 1
    const email = `author-${people}@example.org`
    const by = { at: newsroom.now(), actor: { id: null, name: 'A test' } }
    const passwordHash = await hashPassword(password)
    await store.people.write((writing) => addPerson(writing, { name, email, role: 'editor', passwordHash }, by))
    const id = (await store.people.list()).find((person) => person.email === email)?.id ?? ''
    await database.session(async (run) => {
      for (const nth of [1, 2]) {
        await run(
          `INSERT INTO passkeys (id, user_id, public_key, credential_id, counter, device_type, backed_up) VALUES ($1, $2, 'x', $1, 0, 'x', false)`,
          [`passkey-${nth}-of-${id}`, id],
        )
        await run(`INSERT INTO sessions (id, token, user_id, expires_at, updated_at) VALUES ($1, $1, $2, '2030-01-01', '2026-12-01')`, [
          `session-${nth}-of-${id}`,
          id,
        ])
      }
      await run(`INSERT INTO verifications (id, identifier, value, expires_at, updated_at) VALUES ($1, $1, $2, '2030-01-01', '2026-12-01')`, [
        `2fa-of-${id}`,
        id,
      ])
      const challenge = { type: 'registration', expectedChallenge: 'x', userData: { id, name: email, displayName: email }, context: null }
      await run(`INSERT INTO verifications (id, identifier, value, expires_at, updated_at) VALUES ($1, $1, $2, '2030-01-01', '2026-12-01')`, [
        `passkey-of-${id}`,
        JSON.stringify(challenge),
      ])
    })
    const self: Caller = { person: { id, name, email, role: 'editor' }, origin: 'own', sessionId: `session-1-of-${id}` }
    return { id, name, email, self }
  }
  const left = async (id: string) => ({
    passkeys: (await store.people.passkeys(id)).length,
    sessions: (await store.people.sessions(id, newsroom.now())).map((session) => session.id),
    waiting: await store.people.challenged(`2fa-of-${id}`, newsroom.now()),
    begunPasskeys: (await database.session((run) => run('SELECT id FROM verifications WHERE id = $1', [`passkey-of-${id}`]))).length,
  })
  const actions = async (id: string) => (await readAudit(store.audit, { person: id }, undefined, 10)).entries.map(({ action }) => action).toSorted()
  const change = (self: Caller, fields: Record<string, unknown> = {}, with_ = passwords) =>
    changeOwnPassword(newsroom, self, passwordChange.parse({ currentPassword: password, newPassword: 'my-second-try-at-it', ...fields }), with_)

  test('leaves nothing else that opens the account when its owner changes it: no passkey, no other session, no sign-in that has begun', async () => {
    const { id, email, name, self } = await joined()
    const other = await joined()
    expect(answerOf(await change(self))).toMatchObject({ change: { owner: { name, email }, actions: ['password-changed', 'passkey-removed'] } })
    expect(await left(id)).toEqual({ passkeys: 0, sessions: [`session-1-of-${id}`], waiting: null, begunPasskeys: 0 })
    expect(await left(other.id)).toMatchObject({ passkeys: 2, waiting: other.id, begunPasskeys: 1 })
    expect(await actions(id)).toEqual(['passkey-removed', 'password-changed', 'person-added'])
  })

  test('leaves the passkeys if its owner asks for that, and never mentions passkeys that were none', async () => {
    const { id, self } = await joined()
    expect(answerOf(await change(self, { removePasskeys: false }))).toMatchObject({ change: { actions: ['password-changed'] } })
    expect(await left(id)).toMatchObject({ passkeys: 2, sessions: [`session-1-of-${id}`], waiting: null })
    expect(await actions(id)).toEqual(['password-changed', 'person-added'])

    const other = await joined()
    await store.people.write((writing) => writing.removePasskeys(other.id))
    expect(answerOf(await change(other.self))).toMatchObject({ change: { actions: ['password-changed'] } })
    expect(await actions(other.id)).toEqual(['password-changed', 'person-added'])
  })

  test('leaves nothing else that opens the account when it is reset by a link or by a command', async () => {
    const byLink = await joined()
    const token = (await askForReset(newsroom, byLink.email))?.token ?? ''
    const reset = answerOf(await resetPassword(newsroom, { token, password: 'set-by-a-link-now' }, passwords))
    expect(reset).toMatchObject({ owner: { email: byLink.email }, actions: ['password-reset', 'passkey-removed'] })
    expect(await left(byLink.id)).toEqual({ passkeys: 0, sessions: [], waiting: null, begunPasskeys: 0 })

    const byCommand = await joined()
    const by = { at: newsroom.now(), actor: { id: null, name: 'Command line' } }
    const passwordHash = await hashPassword('from-the-command-line')
    const change = await store.people.write((writing) => letBackIn(writing, byCommand.email, passwordHash, by))
    expect(change).toMatchObject({ owner: { email: byCommand.email }, actions: ['password-reset', 'passkey-removed'], at: by.at })
    expect(await left(byCommand.id)).toEqual({ passkeys: 0, sessions: [], waiting: null, begunPasskeys: 0 })
  })

  test('leaves the session that asked with a new token, of which its pages are told, unless it has ended meanwhile', async () => {
    const { id, self } = await joined()
    const heard: string[] = []
    onTestFinished(await database.listen(endedChannel, (payload) => heard.push(payload)))
    const tokenOf = async () => (await database.session((run) => run('SELECT token FROM sessions WHERE user_id = $1', [id]))).at(0)
    const { sessionToken } = answerOf(await change(self))
    expect(await tokenOf()).toMatchObject({ token: sessionToken })
    expect(sessionToken).toMatch(/^[\w-]{43}$/)
    const marks = [1, 2].map((nth) => sessionMark(`session-${nth}-of-${id}`))
    await expect.poll(() => heard.toSorted()).toEqual([`ended:${marks[1]}`, `replaced:${marks[0]}`])

    await store.people.write((writing) => writing.endSessions(id, 'all'))
    expect(await change(self, { currentPassword: 'my-second-try-at-it', newPassword: 'my-third-try-at-it' })).toEqual({ kind: 'sign-in-needed' })
    const known = (await store.people.passwordHash(id)) ?? ''
    expect(await verifyPassword({ hash: known, password: 'my-second-try-at-it' })).toBe(true)
  })

  test('keeps the codes that were used from being used again', async () => {
    const { id, self } = await joined()
    const code = { personId: id, code: '123456' }
    expect(await store.people.claimCode(code, newsroom.now())).toBe(true)
    answerOf(await change(self))
    expect(await store.people.claimCode(code, newsroom.now())).toBe(false)
  })

  test('isn’t replaced by somebody who knew the one before, whose change was on its way while it was reset', async () => {
    const { id, email, self } = await joined()
    const token = (await askForReset(newsroom, email))?.token ?? ''
    const resetMeanwhile = {
      ...passwords,
      hash: async (chosen: string) => {
        answerOf(await resetPassword(newsroom, { token, password: 'the-owner-resets-it' }, passwords))
        return hashPassword(chosen)
      },
    }
    expect(await change(self, {}, resetMeanwhile)).toEqual({ kind: 'wrong-password' })
    expect(await verifyPassword({ hash: (await store.people.passwordHash(id)) ?? '', password: 'the-owner-resets-it' })).toBe(true)
  })

  test('isn’t made of its owner’s name or address, whichever way it is set', async () => {
    const refusal = (path: string) => ({ kind: 'invalid', issues: [{ path, message: expect.stringContaining('your name or email address') }] })
    const { email, self } = await joined('Jörg Mueller')
    expect(await change(self, { newPassword: 'Jorg-Mueller-84' })).toEqual(refusal('newPassword'))
    expect(await change(self, { newPassword: email })).toEqual(refusal('newPassword'))

    const token = (await askForReset(newsroom, email))?.token ?? ''
    expect(await resetPassword(newsroom, { token, password: 'mueller.jorg.2026' }, passwords)).toEqual(refusal('password'))
    // The link isn't used up by that.
    answerOf(await resetPassword(newsroom, { token, password: 'something-else-then' }, passwords))

    const invited = answerOf(await invitePerson(newsroom, caller('admin'), newInvitation.parse({ email: 'olena@nova.example.org', role: 'editor' })))
    const accept = (chosen: string) => acceptInvitation(newsroom, { token: invited.token, name: 'Olena Koval', password: chosen }, passwords)
    expect(await accept('Olena@Nova.example.org')).toEqual(refusal('password'))
    expect(await accept('koval-olena-123')).toEqual(refusal('password'))
    answerOf(await accept('зелений чай вранці'))
  })

  test('is looked at for the first admin, and only where it is that admin’s', async () => {
    const weak = { email: 'boss@example.org', password: 'Password123!' }
    expect(await addFirstAdmin(store.people, weak)).toBeNull()

    const empty = await openTestDatabase(kind)
    const other = await openStore(empty, migrations)
    const attempt = addFirstAdmin(other.people, weak)
    await expect(attempt).rejects.toThrow(StartProblem)
    await expect(attempt).rejects.toThrow('STAYTUNED_ADMIN_PASSWORD must not be a common password')
    await expect(addFirstAdmin(other.people, { ...weak, password: 'boss@example.org' })).rejects.toThrow(StartProblem)
    expect(await other.people.count()).toBe(0)
    await other.close()
  })
})
