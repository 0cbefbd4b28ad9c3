import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { personInStory } from '#lib/accounts/permit-in-story.ts'
import type { Caller, Role } from '#lib/accounts/person.ts'
import { choosePerson } from '#lib/newsroom/choose-person.ts'
import { discardDraft } from '#lib/newsroom/discard-draft.ts'
import type { Newsroom } from '#lib/newsroom/newsroom.ts'
import { pinUpdate } from '#lib/newsroom/pin-update.ts'
import { publishDueDrafts } from '#lib/newsroom/publish-due-drafts.ts'
import { publishUpdate } from '#lib/newsroom/publish-update.ts'
import { reviseUpdate } from '#lib/newsroom/revise-update.ts'
import { sendDraftBack } from '#lib/newsroom/send-draft-back.ts'
import { withdrawUpdate } from '#lib/newsroom/withdraw-update.ts'
import { writeNote } from '#lib/newsroom/write-note.ts'
import { readDesk, readStoryPeople } from '#lib/reading/read-desk.ts'
import { readHistory } from '#lib/reading/read-history.ts'
import { readStoriesOf } from '#lib/reading/read-stories.ts'
import { readView } from '#lib/reading/read-view.ts'
import { searchStory } from '#lib/reading/search-story.ts'
import { stageOf } from '#lib/story/draft.ts'
import { type ContentChanges, newUpdate } from '#lib/story/update.ts'
import { databaseKinds, openTestStore } from '../databases.ts'
import { addSomebody } from '../people.ts'
import { answerOf, caller, editor, logOf, openedStory, person, publish, theEditor } from './a-newsroom.ts'

const contributor = caller('contributor')
const theContributor = person('contributor')
const other: Caller = { person: { ...theContributor, id: 'another', name: 'Another' }, origin: 'own' }

describe.each(databaseKinds)('in a newsroom on the %s database', (kind) => {
  let newsroom: Newsroom
  let close: () => Promise<void>
  let clock = () => new Date()

  beforeAll(async () => {
    const opened = await openTestStore(kind, [theEditor, theContributor])
    newsroom = { store: opened.store, now: () => clock() }
    close = opened.close
  })
  afterAll(() => close())

  const write = async (slug: string, fields: Record<string, unknown> = {}, who: Caller = contributor) =>
    answerOf(await publishUpdate(newsroom, who, slug, newUpdate.parse({ body: 'The pier is dry.', status: 'draft', ...fields }), null))
  const revise = (slug: string, id: string, version: number, changes: ContentChanges, who: Caller = contributor) =>
    reviseUpdate(newsroom, who, slug, id, version, changes)
  const draftOf = async (slug: string, id: string) => {
    const draft = (await readDesk(newsroom.store, slug, theEditor))?.drafts.find((each) => each.id === id)
    if (!draft) throw new Error('there is no such draft')
    return draft
  }

  describe('a draft', () => {
    test('is written, submitted, sent back with a note, changed, submitted again and published by an editor', async () => {
      const slug = await openedStory(newsroom)
      const { id } = await write(slug)
      expect(stageOf(await draftOf(slug, id))).toBe('writing')
      expect(answerOf(await revise(slug, id, 1, { status: 'submitted' }))).toMatchObject({ version: 2, seq: null })
      expect(stageOf(await draftOf(slug, id))).toBe('submitted')

      answerOf(await sendDraftBack(newsroom, editor, slug, id, 'Which pier?'))
      expect(await draftOf(slug, id)).toMatchObject({ version: 3, submittedAt: null, sentBack: { by: 'The editor', note: 'Which pier?' } })
      expect(stageOf(await draftOf(slug, id))).toBe('sent-back')
      // Writing on leaves the note where it is; submitting answers it.
      answerOf(await revise(slug, id, 3, { body: 'The north pier is dry.' }))
      expect(stageOf(await draftOf(slug, id))).toBe('sent-back')
      answerOf(await revise(slug, id, 4, { status: 'submitted' }))
      expect(await draftOf(slug, id)).toMatchObject({ sentBack: null, author: 'The contributor' })

      expect(await revise(slug, id, 5, { status: 'published' })).toEqual({ kind: 'forbidden', action: 'publish an update', role: 'contributor' })
      answerOf(await revise(slug, id, 5, { status: 'published' }, editor))
      expect((await readView(newsroom.store, slug))?.updates).toMatchObject([{ id, author: 'The contributor' }])
      expect((await readDesk(newsroom.store, slug, theEditor))?.drafts).toEqual([])
    })

    test('is submitted as it is written, and taken back from the editors', async () => {
      const slug = await openedStory(newsroom)
      const { id } = await write(slug, { status: 'submitted' })
      expect(stageOf(await draftOf(slug, id))).toBe('submitted')
      answerOf(await revise(slug, id, 1, { status: 'draft' }))
      expect(stageOf(await draftOf(slug, id))).toBe('writing')
      expect(await sendDraftBack(newsroom, editor, slug, id, 'x')).toEqual({ kind: 'draft-not-submitted' })
    })

    test('is its author’s and the editors’: no other contributor changes it, throws it away or sees it', async () => {
      const slug = await openedStory(newsroom)
      const { id } = await write(slug)
      const forbidden = { kind: 'forbidden', action: 'revise an update', role: 'contributor' }
      expect(await revise(slug, id, 1, { body: 'x' }, other)).toEqual(forbidden)
      expect(await discardDraft(newsroom, other, slug, id)).toEqual(forbidden)
      expect(await sendDraftBack(newsroom, contributor, slug, id, 'x')).toMatchObject({ kind: 'forbidden' })
      const seenBy = async (who: Caller) => who.person && (await readDesk(newsroom.store, slug, who.person))?.drafts.map((draft) => draft.id)
      expect(await seenBy(other)).toEqual([])
      expect(await seenBy(contributor)).toEqual([id])
      expect(await seenBy(editor)).toEqual([id])
      answerOf(await revise(slug, id, 1, { body: 'Mine.' }))
      answerOf(await discardDraft(newsroom, contributor, slug, id))
      expect(await seenBy(editor)).toEqual([])
    })

    test('that an editor has scheduled is not changed under it: readers would get words that no editor has seen', async () => {
      const slug = await openedStory(newsroom)
      const publishAt = new Date(Date.now() + 3_600_000).toISOString()
      const { id } = await write(slug, { status: 'submitted' })
      expect(await revise(slug, id, 1, { publishAt })).toEqual({ kind: 'forbidden', action: 'publish an update', role: 'contributor' })
      answerOf(await revise(slug, id, 1, { publishAt }, editor))
      expect(await revise(slug, id, 2, { body: 'Something else.' })).toEqual({ kind: 'draft-is-scheduled', publishAt })
      expect(await discardDraft(newsroom, contributor, slug, id)).toEqual({ kind: 'draft-is-scheduled', publishAt })
      // Sending it back takes the time off.
      answerOf(await sendDraftBack(newsroom, editor, slug, id, 'Not yet.'))
      expect(stageOf(await draftOf(slug, id))).toBe('sent-back')
      clock = () => new Date(Date.now() + 7_200_000)
      await publishDueDrafts(newsroom)
      clock = () => new Date()
      expect(stageOf(await draftOf(slug, id))).toBe('sent-back')
    })

    describe('that somebody has scheduled who then', () => {
      let leavers = 0
      /** An editor who has scheduled a draft of that author's, or holds an update of their own; and what becomes of it when its time comes. */
      const scheduled = async (leave: (who: { id: string; slug: string }) => Promise<void>, { role = 'editor', hold = 0, by = 'leaver' } = {}) => {
        leavers += 1
        const { store } = newsroom
        const name = `Leaver ${leavers}`
        const id = await addSomebody(store, { name, email: `leaver-${leavers}-${kind}@example.org`, role: role as Role })
        const slug = await openedStory(newsroom)
        if (role === 'guest') answerOf(await choosePerson(newsroom, editor, slug, id, 'editor'))
        const leaver: Caller = { person: { id, name, email: '', role: role as Role }, origin: 'own' }
        const publishAt = new Date(Date.now() + 3_600_000).toISOString()
        const draft =
          by === 'leaver'
            ? await write(slug, hold ? { status: 'published', hold } : { publishAt }, leaver)
            : await write(slug, { status: 'submitted' })
        if (by !== 'leaver') answerOf(await revise(slug, draft.id, 1, { publishAt }, leaver))
        await leave({ id, slug })
        clock = () => new Date(Date.now() + 7_200_000)
        await publishDueDrafts(newsroom)
        clock = () => new Date()
        return { slug, id: draft.id, name, published: (await readView(store, slug))?.updates.length }
      }
      const change = (id: string, columns: { deactivatedAt?: Date; role?: Role }) =>
        newsroom.store.people.write((writing) => writing.change(id, columns))

      test('may still publish goes out', async () => {
        expect(await scheduled(async () => {})).toMatchObject({ published: 1 })
        expect(await scheduled(async () => {}, { by: 'leaver for a contributor' })).toMatchObject({ published: 1 })
        expect(await scheduled(async () => {}, { role: 'guest' })).toMatchObject({ published: 1 })
      })

      test.each([
        ['is deactivated', {}, ({ id }: { id: string }) => change(id, { deactivatedAt: new Date() })],
        [
          'is deactivated within the seconds in which it can be called back',
          { hold: 10 },
          ({ id }: { id: string }) => change(id, { deactivatedAt: new Date() }),
        ],
        ['is made a contributor', {}, ({ id }: { id: string }) => change(id, { role: 'contributor' })],
        ['is made a contributor, for somebody else', { by: 'editor' }, ({ id }: { id: string }) => change(id, { role: 'contributor' })],
        [
          'is taken off the story',
          { role: 'guest' },
          async ({ id, slug }: { id: string; slug: string }) => void answerOf(await choosePerson(newsroom, editor, slug, id, null)),
        ],
      ])('%s stays, and the desk is told why', async (_, how, leave) => {
        const { slug, id, name, published } = await scheduled(leave, how)
        expect(published).toBe(0)
        const draft = await draftOf(slug, id)
        expect(stageOf(draft)).toBe('sent-back')
        expect(draft).toMatchObject({ publishAt: null, scheduledBy: null, sentBack: { by: 'Staytuned', note: expect.stringContaining(name) } })
        // An editor has the last word.
        answerOf(await revise(slug, id, draft.version, { status: 'published' }, editor))
        expect((await readView(newsroom.store, slug))?.updates).toHaveLength(1)
      })
    })

    test('is pinned as it is published, if that was asked for', async () => {
      const slug = await openedStory(newsroom)
      const first = await publish(newsroom, slug, 'At once.', { pinned: true })
      expect(await readView(newsroom.store, slug)).toMatchObject({ head: 3, pinned: { id: first.id } })
      const { id } = await write(slug, { pinned: true }, editor)
      answerOf(await revise(slug, id, 1, { pinned: false }, editor))
      expect(await draftOf(slug, id)).toMatchObject({ pinned: false, version: 2 })
      answerOf(await revise(slug, id, 2, { pinned: true, status: 'published' }, editor))
      expect((await logOf(newsroom.store, slug)).map(({ type }) => type).slice(3)).toEqual(['update.published', 'update.pinned'])
      expect(await readView(newsroom.store, slug)).toMatchObject({ pinned: { id } })
    })
  })

  test('what was published never becomes a draft again', async () => {
    const slug = await openedStory(newsroom)
    const { id } = await publish(newsroom, slug, 'Out.')
    for (const status of ['draft', 'submitted'] as const) {
      expect(await revise(slug, id, 1, { status }, editor)).toEqual({ kind: 'update-not-a-draft' })
    }
  })

  test('an update has the byline it is given, and tags that it is found by until it is withdrawn', async () => {
    const slug = await openedStory(newsroom)
    const { id } = await publish(newsroom, slug, 'Seen from the bridge.', { author: 'Ana in Kyiv', tags: ['Дніпро', 'Дніпро', 'bridges'] })
    const read = async () => (await readView(newsroom.store, slug))?.updates[0]
    expect(await read()).toMatchObject({ author: 'Ana in Kyiv', tags: ['Дніпро', 'bridges'] })
    // Under which name something stands isn't for those to say who only submit.
    const byline = { kind: 'forbidden', action: 'choose a byline', role: 'contributor' }
    const input = newUpdate.parse({ body: 'x', status: 'submitted', author: 'The editor' })
    expect(await publishUpdate(newsroom, contributor, slug, input, null)).toEqual(byline)
    const own = await write(slug)
    expect(await revise(slug, own.id, 1, { author: 'The editor' })).toEqual(byline)
    const found = async (q: string) => (await searchStory(newsroom.store, slug, q))?.findings.map((finding) => finding.id)
    expect(await found('дніп')).toEqual([id])
    answerOf(await revise(slug, id, 1, { author: 'Ana and Ben', tags: ['rivers'] }, editor))
    expect(await read()).toMatchObject({ author: 'Ana and Ben', tags: ['rivers'] })
    expect(await found('дніп')).toEqual([])
    answerOf(await withdrawUpdate(newsroom, editor, slug, id, 'Not so.'))
    expect(await read()).toMatchObject({ tags: [] })
    expect(await found('rivers')).toEqual([])
    expect((await readDesk(newsroom.store, slug, theEditor))?.withdrawn).toMatchObject([
      { update: { id, withdrawal: { notice: 'Not so.' } }, said: { body: { type: 'doc' } } },
    ])
  })

  test('the history of an update holds each of its versions, who made it and what that was to readers', async () => {
    const slug = await openedStory(newsroom)
    const namedId = await addSomebody(newsroom.store, { name: 'Named', email: `named-${kind}@example.org`, role: 'editor' })
    const who: Caller = { person: { ...theEditor, id: namedId }, origin: 'own' }
    const { id } = await publish(newsroom, slug, 'One.')
    answerOf(await revise(slug, id, 1, { body: 'Two.' }, who))
    answerOf(await pinUpdate(newsroom, editor, slug, id, true))
    answerOf(await revise(slug, id, 2, { body: 'Three.', correction: { note: 'There are three.' } }, who))
    answerOf(await withdrawUpdate(newsroom, editor, slug, id, 'None at all.'))
    expect(await readHistory(newsroom.store, slug, id)).toMatchObject([
      { kind: 'withdrawn', by: 'The editor', update: { version: 4, withdrawal: { notice: 'None at all.' } } },
      { kind: 'corrected', by: 'Named', update: { version: 3, corrections: [{ note: 'There are three.' }] } },
      { kind: 'revised', by: 'Named', update: { version: 2 } },
      { kind: 'published', by: 'The editor', update: { version: 1, author: 'The editor' } },
    ])
    expect(await readHistory(newsroom.store, slug, '01900000-0000-7000-8000-000000000000')).toBeNull()
    expect(await readHistory(newsroom.store, 'nowhere', id)).toBeNull()
  })

  test('notes are the newsroom’s, in order, once for each key', async () => {
    const slug = await openedStory(newsroom)
    const first = answerOf(await writeNote(newsroom, contributor, slug, 'The mayor rings at nine.', 'key'))
    expect(answerOf(await writeNote(newsroom, contributor, slug, 'The mayor rings at nine.', 'key'))).toEqual(first)
    expect(await writeNote(newsroom, contributor, slug, 'Another.', 'key')).toEqual({ kind: 'key-reused' })
    answerOf(await writeNote(newsroom, editor, slug, 'I take it.', null))
    expect((await readDesk(newsroom.store, slug, theContributor))?.notes.map(({ author, text }) => [author, text])).toEqual([
      ['The contributor', 'The mayor rings at nine.'],
      ['The editor', 'I take it.'],
    ])
    expect(await logOf(newsroom.store, slug)).toHaveLength(1)
    expect(await writeNote(newsroom, editor, 'nowhere', 'x', null)).toEqual({ kind: 'no-such-story' })
  })

  describe('in one story', () => {
    const somebody = async (role: Role): Promise<Caller & { person: object }> => {
      const email = `${role}-${crypto.randomUUID()}@example.org`
      const id = await addSomebody(newsroom.store, { name: role, email, role })
      return { person: { id, name: role, email, role }, origin: 'own' }
    }
    const publishes = async (who: Caller, slug: string) => (await publishUpdate(newsroom, who, slug, newUpdate.parse({ body: 'x' }), null)).kind
    const submits = async (who: Caller, slug: string) =>
      (await publishUpdate(newsroom, who, slug, newUpdate.parse({ body: 'x', status: 'submitted' }), null)).kind

    test('somebody may do more than in the others, for as long as they have the role there', async () => {
      const [here, elsewhere] = [await openedStory(newsroom), await openedStory(newsroom)]
      const guest = await somebody('guest')
      expect([await submits(guest, here), await submits(guest, elsewhere)]).toEqual(['forbidden', 'forbidden'])
      answerOf(await choosePerson(newsroom, editor, here, guest.person?.id ?? '', 'contributor'))
      expect([await submits(guest, here), await submits(guest, elsewhere)]).toEqual(['done', 'forbidden'])
      expect(await publishes(guest, here)).toBe('forbidden')
      answerOf(await choosePerson(newsroom, editor, here, guest.person?.id ?? '', 'editor'))
      expect([await publishes(guest, here), await publishes(guest, elsewhere)]).toEqual(['done', 'forbidden'])
      expect((await readStoryPeople(newsroom.store, here))?.find(({ id }) => id === guest.person?.id)).toMatchObject({
        role: 'guest',
        inStory: 'editor',
      })
      answerOf(await choosePerson(newsroom, editor, here, guest.person?.id ?? '', null))
      expect([await publishes(guest, here), await submits(guest, here)]).toEqual(['forbidden', 'forbidden'])
    })

    test('also where they may write everywhere: a contributor who is an editor here does all that an editor does', async () => {
      const slug = await openedStory(newsroom)
      const raised = await somebody('contributor')
      answerOf(await choosePerson(newsroom, editor, slug, raised.person?.id ?? '', 'editor'))
      const published = await publish(newsroom, slug, 'Of another.')
      answerOf(await revise(slug, published.id, 1, { body: 'Changed.' }, raised))
      const others = await write(slug, { status: 'submitted' })
      answerOf(await revise(slug, others.id, 1, { status: 'published', author: 'Ana in Kyiv' }, raised))
      const held = await write(slug, { status: 'published', hold: 10 }, raised)
      answerOf(await revise(slug, held.id, 1, { publishAt: null }, raised))
      answerOf(await discardDraft(newsroom, raised, slug, held.id))
    })

    test('and never less than they may everywhere', async () => {
      const slug = await openedStory(newsroom)
      const editorHere = await somebody('editor')
      answerOf(await choosePerson(newsroom, editor, slug, editorHere.person?.id ?? '', 'contributor'))
      expect(await publishes(editorHere, slug)).toBe('done')
      if (editorHere.person) expect(await personInStory(newsroom.store.storyPeople, editorHere.person, slug)).toMatchObject({ role: 'editor' })
    })

    test('is chosen by editors, among those there are', async () => {
      const slug = await openedStory(newsroom)
      expect(await choosePerson(newsroom, contributor, slug, 'anybody', 'editor')).toMatchObject({ kind: 'forbidden' })
      expect(await choosePerson(newsroom, editor, slug, 'nobody-at-all', 'editor')).toEqual({ kind: 'no-such-person' })
      expect(await choosePerson(newsroom, editor, 'nowhere', 'anybody', 'editor')).toEqual({ kind: 'no-such-story' })
    })

    test('a guest’s list holds the stories they were added to, and nobody else’s is shorter', async () => {
      const [here, elsewhere] = [await openedStory(newsroom), await openedStory(newsroom, { status: 'draft' })]
      const guest = await somebody('guest')
      answerOf(await choosePerson(newsroom, editor, here, guest.person?.id ?? '', 'contributor'))
      const listOf = async (who: Caller) => who.person && (await readStoriesOf(newsroom.store, who.person, newsroom.now())).map(({ slug }) => slug)
      expect(await listOf(guest)).toEqual([here])
      expect(await listOf(contributor)).toEqual(expect.arrayContaining([here, elsewhere]))
    })
  })
})
