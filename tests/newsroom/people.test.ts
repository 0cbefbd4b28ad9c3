import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addPerson } from '#lib/accounts/add-person.ts'
import { letBackIn } from '#lib/accounts/let-back-in.ts'
import { hashPassword, verifyPassword } from '#lib/accounts/password.ts'
import type { Caller, Role } from '#lib/accounts/person.ts'
import { acceptInvitation } from '#lib/newsroom/people/accept-invitation.ts'
import { changeOwnPassword, renameSelf } from '#lib/newsroom/people/change-own-account.ts'
import { changePerson } from '#lib/newsroom/people/change-person.ts'
import { invitePerson } from '#lib/newsroom/people/invite-person.ts'
import { askForReset, makeResetLink } from '#lib/newsroom/people/make-reset-link.ts'
import { resetPassword } from '#lib/newsroom/people/reset-password.ts'
import { withdrawInvitation } from '#lib/newsroom/people/withdraw-invitation.ts'
import { newInvitation } from '#lib/people/invitation.ts'
import { readAudit } from '#lib/reading/read-audit.ts'
import { readInvitations, readPeople } from '#lib/reading/read-people.ts'
import { databaseKinds, openTestStore } from '../databases.ts'
import { answerOf, caller, nobody } from './a-newsroom.ts'

const passwords = { hash: hashPassword, verify: verifyPassword }
const password = 'a-password-of-mine'
const day = 24 * 3600_000

describe.each(databaseKinds)('people of a newsroom on the %s database', (kind) => {
  let store: Awaited<ReturnType<typeof openTestStore>>['store']
  let close: () => Promise<void>
  let clock = Date.parse('2026-11-25T09:00:00Z')
  const newsroom = {
    get store() {
      return store
    },
    now: () => new Date(clock),
  }
  let people = 0

  beforeAll(async () => {
    ;({ store, close } = await openTestStore(kind))
  })
  afterAll(() => close())

  /** Somebody new with that role, as the one who asks. */
  const joined = async (role: Role): Promise<Caller & { person: { id: string; email: string } }> => {
    people += 1
    const email = `person-${people}@example.org`
    const passwordHash = await hashPassword(password)
    const by = { at: newsroom.now(), actor: { id: null, name: 'A test' } }
    await store.people.write((writing) => addPerson(writing, { name: `Person ${people}`, email, role, passwordHash }, by))
    const found = (await readPeople(store.people)).find((person) => person.email === email)
    if (!found) throw new Error('was not added')
    return { ...caller(role), person: { id: found.id, name: found.name, email, role } }
  }
  const listed = async (id: string) => (await readPeople(store.people)).find((person) => person.id === id)
  const invite = (fields: Record<string, unknown>, who: Caller = caller('admin')) =>
    invitePerson(newsroom, who, newInvitation.parse({ role: 'editor', ...fields }))
  const accept = (token: string, name = 'Ann') => acceptInvitation(newsroom, { token, name, password }, passwords)

  test('an invitation makes an account once, with the role that was given', async () => {
    const { invitation, token } = answerOf(await invite({ email: 'Ann@Example.org', role: 'contributor' }))
    expect(invitation).toMatchObject({ email: 'ann@example.org', invitedBy: 'The admin' })
    expect(await readInvitations(store.people)).toEqual([invitation])
    expect(JSON.stringify(await store.people.invitations())).not.toContain(token)

    const answers = await Promise.all([accept(token), accept(token), accept(token)])
    expect(answers.map(({ kind }) => kind).toSorted()).toEqual(['done', 'link-over', 'link-over'])
    expect(await readInvitations(store.people)).toEqual([])
    expect(await readPeople(store.people)).toContainEqual(expect.objectContaining({ name: 'Ann', email: 'ann@example.org', role: 'contributor' }))
    expect(await invite({ email: 'ann@example.org' })).toEqual({ kind: 'email-taken', email: 'ann@example.org' })
  })

  test('an invitation ends after a week, when it is taken back, and when another is sent to the same address', async () => {
    const late = answerOf(await invite({ email: 'late@example.org' }))
    clock += 7 * day
    expect(await accept(late.token)).toEqual({ kind: 'link-over' })

    const withdrawn = answerOf(await invite({ email: 'late@example.org' }))
    answerOf(await withdrawInvitation(newsroom, caller('admin'), withdrawn.invitation.id))
    expect(await accept(withdrawn.token)).toEqual({ kind: 'link-over' })
    expect(await withdrawInvitation(newsroom, caller('admin'), withdrawn.invitation.id)).toEqual({ kind: 'no-such-invitation' })
    expect(await withdrawInvitation(newsroom, caller('admin'), 'not-an-id')).toEqual({ kind: 'no-such-invitation' })

    const first = answerOf(await invite({ email: 'twice@example.org' }))
    const second = answerOf(await invite({ email: 'twice@example.org' }))
    expect(await accept(first.token)).toEqual({ kind: 'link-over' })
    clock += 7 * day - 1
    expect((await accept(second.token, 'Ann Other')).kind).toBe('done')
  })

  test('only an admin of our own pages invites, changes and makes links', async () => {
    const somebody = await joined('editor')
    const { id } = somebody.person
    const tries = (who: Caller) =>
      Promise.all([
        invite({ email: 'x@example.org' }, who),
        withdrawInvitation(newsroom, who, '019aa000-0000-7000-8000-000000000000'),
        changePerson(newsroom, who, id, { role: 'admin' }),
        makeResetLink(newsroom, who, id),
      ])
    for (const role of ['contributor', 'editor'] as const) {
      for (const answer of await tries(caller(role))) expect(answer).toMatchObject({ kind: 'forbidden', role })
    }
    for (const answer of await tries(nobody)) expect(answer).toEqual({ kind: 'sign-in-needed' })
    for (const answer of await tries(caller('admin', 'foreign'))) expect(answer).toEqual({ kind: 'foreign-origin' })
    expect(await listed(id)).toMatchObject({ role: 'editor', deactivatedAt: null })
  })

  test('there is always an admin left, even when two are demoted at once, and nobody deactivates themself', async () => {
    const [one, other] = [await joined('admin'), await joined('admin')]
    for (const { id, role } of await readPeople(store.people)) {
      if (role === 'admin' && id !== one.person.id && id !== other.person.id) answerOf(await changePerson(newsroom, one, id, { role: 'editor' }))
    }
    expect(await changePerson(newsroom, one, one.person.id, { active: false })).toEqual({ kind: 'not-yourself' })
    const answers = await Promise.all([
      changePerson(newsroom, one, other.person.id, { role: 'editor' }),
      changePerson(newsroom, other, one.person.id, { active: false }),
    ])
    expect(answers.map(({ kind }) => kind).toSorted()).toEqual(['done', 'last-admin'])
    const left = (await readPeople(store.people)).filter(({ role, deactivatedAt }) => role === 'admin' && deactivatedAt === null)
    expect(left).toHaveLength(1)
    const last = left[0]?.id ?? ''
    expect(await changePerson(newsroom, caller('admin'), last, { role: 'contributor' })).toEqual({ kind: 'last-admin' })
    expect(await changePerson(newsroom, caller('admin'), last, { active: false })).toEqual({ kind: 'last-admin' })
    // Who was deactivated counts for nothing.
    const third = await joined('admin')
    answerOf(await changePerson(newsroom, caller('admin'), third.person.id, { active: false }))
    expect(await changePerson(newsroom, caller('admin'), last, { active: false })).toEqual({ kind: 'last-admin' })
  })

  test('a person is renamed, given another role, deactivated and let in again', async () => {
    const { person } = await joined('editor')
    answerOf(await changePerson(newsroom, caller('admin'), person.id, { name: 'Anna', role: 'contributor', active: false }))
    expect(await listed(person.id)).toMatchObject({ name: 'Anna', role: 'contributor', deactivatedAt: newsroom.now().toISOString() })
    answerOf(await changePerson(newsroom, caller('admin'), person.id, { active: true }))
    expect(await listed(person.id)).toMatchObject({ deactivatedAt: null })
    expect(await changePerson(newsroom, caller('admin'), 'nobody', { active: true })).toEqual({ kind: 'no-such-person' })
  })

  test('a link sets a password once and within the hour, and a later one ends the earlier', async () => {
    const { person } = await joined('editor')
    const admin = await joined('admin')
    const first = answerOf(await makeResetLink(newsroom, admin, person.id))
    const second = answerOf(await makeResetLink(newsroom, admin, person.id))
    const set = (token: string) => resetPassword(newsroom, { token, password: 'another-password' }, passwords)
    expect(await set(first.token)).toEqual({ kind: 'link-over' })
    expect((await set(second.token)).kind).toBe('done')
    expect(await set(second.token)).toEqual({ kind: 'link-over' })
    expect(await verifyPassword({ hash: (await store.people.passwordHash(person.id)) ?? '', password: 'another-password' })).toBe(true)

    const late = await askForReset(newsroom, person.email.toUpperCase())
    clock += 3600_000
    expect(await set(late?.token ?? '')).toEqual({ kind: 'link-over' })
    expect(await askForReset(newsroom, 'nobody@example.org')).toBeNull()

    const open = await askForReset(newsroom, person.email)
    answerOf(await changePerson(newsroom, caller('admin'), person.id, { active: false }))
    expect(await set(open?.token ?? '')).toEqual({ kind: 'link-over' })
    expect(await askForReset(newsroom, person.email)).toBeNull()
    expect(await makeResetLink(newsroom, caller('admin'), person.id)).toEqual({ kind: 'person-deactivated' })
  })

  test.each([
    ['deactivated', { active: false }],
    ['no longer an admin', { role: 'editor' as const }],
  ])('a link is over while the admin who made it is %s', async (_, change) => {
    const [{ person }, maker] = [await joined('editor'), await joined('admin')]
    const use = (token: string) => resetPassword(newsroom, { token, password: 'another-password' }, passwords)
    const { token } = answerOf(await makeResetLink(newsroom, maker, person.id))
    answerOf(await changePerson(newsroom, caller('admin'), maker.person.id, change))
    expect(await use(token)).toEqual({ kind: 'link-over' })
    // Who asks for a link by email has made it themselves, whatever their role.
    answerOf(await use((await askForReset(newsroom, person.email))?.token ?? ''))
  })

  test('a link is over if its maker stops being an admin while the new password is being hashed', async () => {
    const [{ person }, maker] = [await joined('editor'), await joined('admin')]
    const { token } = answerOf(await makeResetLink(newsroom, maker, person.id))
    const demoteMeanwhile = async (chosen: string) => {
      answerOf(await changePerson(newsroom, caller('admin'), maker.person.id, { role: 'editor' }))
      return hashPassword(chosen)
    }
    const used = await resetPassword(newsroom, { token, password: 'another-password' }, { hash: demoteMeanwhile })
    expect(used).toEqual({ kind: 'link-over' })
  })

  test('an admin changes how others sign in within a day of signing in, and never how they sign in themselves', async () => {
    const { person } = await joined('editor')
    const admin = await joined('admin')
    const turnOff = (who: Caller, id: string) => changePerson(newsroom, who, id, { hasTwoFactor: false })
    const makeLink = (who: Caller, id: string) => makeResetLink(newsroom, who, id)
    for (const change of [turnOff, makeLink]) {
      const signedIn = (ageMs: number): Caller => ({ ...admin, signedInAt: new Date(clock - ageMs) })
      expect(await change(signedIn(day - 1), person.id)).toMatchObject({ kind: 'done' })
      expect(await change(signedIn(day), person.id)).toEqual({ kind: 'sign-in-too-old' })
      expect(await change({ person: admin.person, origin: 'own' }, person.id)).toEqual({ kind: 'sign-in-too-old' })
      expect(await change(signedIn(0), admin.person.id)).toEqual({ kind: 'own-account' })
    }
    // Other changes take no recent sign-in.
    answerOf(await changePerson(newsroom, { ...admin, signedInAt: new Date(clock - 2 * day) }, person.id, { role: 'contributor' }))
  })

  test('whoever has the machine lets somebody back in who is deactivated and has no password', async () => {
    const { person } = await joined('admin')
    answerOf(await changePerson(newsroom, caller('admin'), person.id, { active: false }))
    const by = { at: newsroom.now(), actor: { id: null, name: 'Command line' } }
    const passwordHash = await hashPassword('from-the-command-line')
    const letIn = (email: string) => store.people.write((writing) => letBackIn(writing, email, passwordHash, by))
    expect(await letIn('nobody@example.org')).toBeNull()
    expect(await letIn(person.email.toUpperCase())).toMatchObject({ owner: { email: person.email }, actions: ['password-reset'] })
    expect(await listed(person.id)).toMatchObject({ deactivatedAt: null, hasTwoFactor: false, lastSeenAt: null })
    expect(await store.people.passwordHash(person.id)).toBe(passwordHash)
    const { entries } = await readAudit(store.audit, { person: person.id }, undefined, 2)
    expect(entries.map(({ action, actor }) => [action, actor.name]).toSorted()).toEqual([
      ['password-reset', 'Command line'],
      ['person-reactivated', 'Command line'],
    ])
  })

  test('nobody takes the name of somebody who may sign in, and an invitation outlasts such a try', async () => {
    const [one, other] = [await joined('editor'), await joined('editor')]
    const alike = ` ${one.person.name.replace(' ', '\u00a0 ').toUpperCase()}\u200b`
    expect(await renameSelf(newsroom, other, alike)).toEqual({ kind: 'name-taken', name: alike })
    expect(await changePerson(newsroom, caller('admin'), other.person.id, { name: alike })).toEqual({ kind: 'name-taken', name: alike })
    const { token } = answerOf(await invite({ email: 'alike@example.org' }))
    expect(await accept(token, alike)).toEqual({ kind: 'name-taken', name: alike })
    // One's own name can be written in another way.
    answerOf(await renameSelf(newsroom, one, one.person.name.toUpperCase()))

    answerOf(await changePerson(newsroom, caller('admin'), one.person.id, { active: false }))
    expect((await accept(token, one.person.name)).kind).toBe('done')
    const letIn = { active: true }
    expect(await changePerson(newsroom, caller('admin'), one.person.id, letIn)).toMatchObject({ kind: 'name-taken' })
    answerOf(await changePerson(newsroom, caller('admin'), one.person.id, { ...letIn, name: `${one.person.name} the first` }))
  })

  test('two who take the same name at once don’t both get it', async () => {
    const both = [await joined('editor'), await joined('editor')]
    const answers = await Promise.all(both.map((each) => renameSelf(newsroom, each, 'The Very Same')))
    expect(answers.map(({ kind }) => kind).toSorted()).toEqual(['done', 'name-taken'])
  })

  test('everybody changes their own name and password, the latter only with the current one', async () => {
    const me = await joined('contributor')
    answerOf(await renameSelf(newsroom, me, 'Me'))
    expect(await listed(me.person.id)).toMatchObject({ name: 'Me' })
    const change = (currentPassword: string) =>
      changeOwnPassword(newsroom, me, { currentPassword, newPassword: 'my-new-password', removePasskeys: true }, passwords)
    expect(await change('not-my-password')).toEqual({ kind: 'wrong-password' })
    answerOf(await change(password))
    expect(await change(password)).toEqual({ kind: 'wrong-password' })
    expect(await renameSelf(newsroom, nobody, 'Me')).toEqual({ kind: 'sign-in-needed' })
  })
})
