import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addPerson } from '#lib/accounts/add-person.ts'
import type { Store } from '#lib/db/store.ts'
import { openMedia } from '#lib/media/media.ts'
import { addPicture } from '#lib/newsroom/add-picture.ts'
import { discardDraft } from '#lib/newsroom/discard-draft.ts'
import type { Newsroom } from '#lib/newsroom/newsroom.ts'
import { changePerson } from '#lib/newsroom/people/change-person.ts'
import { invitePerson } from '#lib/newsroom/people/invite-person.ts'
import { publishUpdate } from '#lib/newsroom/publish-update.ts'
import { reviseUpdate } from '#lib/newsroom/revise-update.ts'
import { withdrawUpdate } from '#lib/newsroom/withdraw-update.ts'
import type { AuditEntry, AuditFilter } from '#lib/people/audit-entry.ts'
import { newInvitation } from '#lib/people/invitation.ts'
import { readAudit, readWholeAudit } from '#lib/reading/read-audit.ts'
import { newPicture } from '#lib/story/new-picture.ts'
import { newUpdate } from '#lib/story/update.ts'
import { databaseKinds, openTestStore } from '../databases.ts'
import { solid } from '../media/a-picture.ts'
import { answerOf, caller, editor, openedStory, publish } from './a-newsroom.ts'

describe.each(databaseKinds)('the audit log on the %s database', (kind) => {
  const folder = mkdtempSync(join(tmpdir(), 'staytuned-'))
  let store: Store
  let newsroom: Newsroom
  let close: () => Promise<void>
  let clock = Date.parse('2026-11-25T09:00:00Z')

  beforeAll(async () => {
    ;({ store, close } = await openTestStore(kind))
    newsroom = { store, now: () => new Date(clock++) }
  })
  afterAll(async () => {
    await close()
    rmSync(folder, { recursive: true })
  })

  const found = async (filter: AuditFilter = {}) => (await readAudit(store.audit, filter, undefined, 200)).entries
  const actionsOf = (entries: readonly AuditEntry[]) => entries.map(({ action }) => action)

  test('tells of a story’s events, its drafts and its pictures in the order in which they came, each once', async () => {
    const story = await openedStory(newsroom, { headline: 'The quay' })
    const { id, version } = await publish(newsroom, story, 'A secret sentence.', { title: 'Ferries stop' })
    answerOf(await reviseUpdate(newsroom, editor, story, id, version, { title: 'All ferries stop', correction: { note: 'All of them.' } }))
    const draft = answerOf(
      await publishUpdate(newsroom, caller('contributor'), story, newUpdate.parse({ body: 'Later.', title: 'Soon', status: 'submitted' }), null),
    )
    answerOf(await reviseUpdate(newsroom, editor, story, draft.id, 1, { title: 'Sooner' }))
    answerOf(await discardDraft(newsroom, editor, story, draft.id))
    answerOf(await withdrawUpdate(newsroom, editor, story, id, 'It was not so.'))
    // Published in a moment: one entry, as it is published, and not one more as it waits.
    answerOf(await publishUpdate(newsroom, editor, story, newUpdate.parse({ body: 'Held.', hold: 10 }), null))

    const entries = await found({ story })
    expect(actionsOf(entries)).toEqual([
      'update-withdrawn',
      'draft-discarded',
      'draft-saved',
      'draft-submitted',
      'update-corrected',
      'update-published',
      'story-opened',
    ])
    expect(entries[4]).toMatchObject({
      actor: { id: 'the-editor', name: 'The editor' },
      subject: { type: 'update', id, label: 'All ferries stop' },
      story: { slug: story, headline: 'The quay' },
      detail: { seq: 3, version: 2, note: 'All of them.' },
    })
    expect(entries[3]).toMatchObject({ actor: { id: 'the-contributor' }, subject: { type: 'update', id: draft.id, label: 'Soon' } })
    expect(JSON.stringify(entries)).not.toContain('A secret sentence')

    const file = await solid(80, 60).png().toBuffer()
    const picture = answerOf(
      await addPicture(newsroom, openMedia(folder), editor, { ...newPicture.parse({ credit: 'Ann' }), file, name: 'quay.png' }),
    )
    expect((await found({ action: 'picture-added' }))[0]).toMatchObject({ subject: { type: 'picture', id: picture.id, label: 'Ann' } })
  })

  test('failures with the same key are one entry with their number, however many processes count at once', async () => {
    const at = new Date(clock)
    const failure = {
      at,
      actor: { id: null, name: 'Somebody unknown' },
      action: 'sign-in-failed',
      subject: { type: 'person', id: null, label: 'Somebody unknown' },
      detail: { method: 'password', reason: 'wrong password', address: '203.0.113.9' },
    } as const
    await Promise.all(Array.from({ length: 20 }, () => store.people.tally(failure, 'one key')))
    await store.people.tally({ ...failure, at: new Date(clock + 5_000) }, 'one key')
    await store.people.tally(failure, 'another key')
    const counted = await found({ action: 'sign-in-failed' })
    expect(counted.map(({ detail }) => detail)).toEqual(
      expect.arrayContaining([
        { ...failure.detail, count: 1 },
        { ...failure.detail, count: 21, lastAt: new Date(clock + 5_000).toISOString() },
      ]),
    )
    expect(counted.map((entry) => entry.at)).toEqual([at.toISOString(), at.toISOString()])
  })

  test('what was refused, or written to no end, has left no entry', async () => {
    const before = await found()
    await invitePerson(newsroom, editor, newInvitation.parse({ email: 'x@example.org', role: 'admin' }))
    await changePerson(newsroom, caller('admin'), 'nobody', { active: false })
    await expect(
      store.people.write(async (writing) => {
        await addPerson(
          writing,
          { name: 'Half', email: 'half@example.org', role: 'editor', passwordHash: 'x' },
          { at: new Date(clock), actor: { id: null, name: 'A test' } },
        )
        throw new Error('cut off')
      }),
    ).rejects.toThrow('cut off')
    expect(await found()).toEqual(before)
  })

  test('is searched by words, person, story, action and day', async () => {
    const story = await openedStory(newsroom, { headline: '100% of the_quay' })
    await openedStory(newsroom, { headline: '100 of the quay' })
    expect(await found({ q: '0% of the_q' })).toMatchObject([{ story: { slug: story } }])
    expect(await found({ q: 'ALL FERRIES STOP' })).not.toEqual([])
    expect(await found({ q: 'A secret sentence' })).toEqual([])
    const invited = answerOf(await invitePerson(newsroom, caller('admin'), newInvitation.parse({ email: 'ann@example.org', role: 'editor' })))
    expect(await found({ q: 'ann@example' })).toMatchObject([{ action: 'invitation-sent', detail: { role: 'editor' } }])
    expect(JSON.stringify(await found({ q: 'ann@example' }))).not.toContain(invited.token)
    expect(actionsOf(await found({ person: 'the-contributor' }))).toEqual(['draft-submitted'])
    expect(new Set(actionsOf(await found({ action: 'story-opened' })))).toEqual(new Set(['story-opened']))
    const today = await found({ day: '2026-11-25' })
    expect(today).toEqual(await found())
    expect(await found({ day: '2026-11-24' })).toEqual([])
    clock += 24 * 3600_000
    await openedStory(newsroom)
    expect(await found({ day: '2026-11-25' })).toEqual(today)
    expect(actionsOf(await found({ day: '2026-11-26' }))).toEqual(['story-opened'])
  })

  test('is read to its beginning by cursor, without a gap and without one twice, though much is of the same moment', async () => {
    const now = clock
    for (let turn = 0; turn < 7; turn += 1) {
      clock = now
      const story = await openedStory(newsroom)
      clock = now
      await publishUpdate(newsroom, editor, story, newUpdate.parse({ body: 'Same moment.', status: 'draft' }), null)
      clock = now
      await publish(newsroom, story, 'Same moment.')
    }
    const whole = await found()
    const read: AuditEntry[] = []
    let before: string | undefined
    do {
      const page = await readAudit(store.audit, {}, before, 4)
      expect(page.entries.length).toBeLessThanOrEqual(4)
      read.push(...page.entries)
      before = page.next ?? undefined
    } while (before !== undefined)
    expect(read).toEqual(whole)
    expect(new Set(read.map(({ id }) => id)).size).toBe(whole.length)
    const exported: AuditEntry[] = []
    for await (const entry of readWholeAudit(store.audit, {})) exported.push(entry)
    expect(exported).toEqual(whole)
  })
})
