import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Caller } from '#lib/accounts/person.ts'
import { discardDraft } from '#lib/newsroom/discard-draft.ts'
import { done, type Newsroom } from '#lib/newsroom/newsroom.ts'
import { once } from '#lib/newsroom/once.ts'
import { openStory } from '#lib/newsroom/open-story.ts'
import { pinUpdate } from '#lib/newsroom/pin-update.ts'
import { publishDueDrafts } from '#lib/newsroom/publish-due-drafts.ts'
import { publishUpdate } from '#lib/newsroom/publish-update.ts'
import { reviseStory } from '#lib/newsroom/revise-story.ts'
import { reviseUpdate } from '#lib/newsroom/revise-update.ts'
import { withdrawUpdate } from '#lib/newsroom/withdraw-update.ts'
import { readDesk } from '#lib/reading/read-desk.ts'
import { readUpdate } from '#lib/reading/read-update.ts'
import { readView } from '#lib/reading/read-view.ts'
import { bodyText } from '#lib/story/body-text.ts'
import { newStory } from '#lib/story/story.ts'
import { isPinAlone, newUpdate, updateChanges } from '#lib/story/update.ts'
import { databaseKinds, openTestStore } from '../databases.ts'
import { answerOf, caller, editor, logOf, nobody, openedStory, publish, theEditor } from './a-newsroom.ts'

describe.each(databaseKinds)('in a newsroom on the %s database', (kind) => {
  let newsroom: Newsroom
  let close: () => Promise<void>
  let clock = () => new Date()

  beforeAll(async () => {
    const opened = await openTestStore(kind, [theEditor])
    newsroom = { store: opened.store, now: () => clock() }
    close = opened.close
  })
  afterAll(() => close())

  /** Other tests of this file leave drafts whose time is about to come. */
  const publishWhatOthersHold = async () => {
    clock = () => new Date(Date.now() + 60_000)
    await publishDueDrafts(newsroom)
    clock = () => new Date()
  }

  const send = (slug: string, key: string | null, body = 'The same.', fields: Record<string, unknown> = {}, who: Caller = editor) =>
    publishUpdate(newsroom, who, slug, newUpdate.parse({ body, ...fields }), key)
  const revise = (slug: string, id: string, version: number, changes: Record<string, unknown>, who: Caller = editor) => {
    const parsed = updateChanges.parse(changes)
    if (isPinAlone(parsed)) throw new Error('pinning is a command of its own')
    return reviseUpdate(newsroom, who, slug, id, version, parsed)
  }

  describe('who may do what', () => {
    const people = {
      nobody,
      contributor: caller('contributor'),
      editor,
      admin: caller('admin'),
      'an editor on a foreign page': caller('editor', 'foreign'),
    }
    const sentences: Record<
      string,
      { may: (keyof typeof people)[]; act: (who: Caller, slug: string, id: string, draft: string) => Promise<{ kind: string }> }
    > = {
      'open a story': { may: ['editor', 'admin'], act: (who) => openStory(newsroom, who, newStory.parse({ headline: 'Another' }), null) },
      'revise a story': { may: ['editor', 'admin'], act: (who, slug) => reviseStory(newsroom, who, slug, { headline: `By ${who.person?.id}` }) },
      'submit a draft': { may: ['contributor', 'editor', 'admin'], act: (who, slug) => send(slug, null, 'x', { status: 'draft' }, who) },
      'publish an update': { may: ['editor', 'admin'], act: (who, slug) => send(slug, null, 'x', {}, who) },
      'schedule an update': {
        may: ['editor', 'admin'],
        act: (who, slug) => send(slug, null, 'x', { status: 'draft', publishAt: '9998-01-01T00:00:00Z' }, who),
      },
      'publish an update that is held for a moment': { may: ['editor', 'admin'], act: (who, slug) => send(slug, null, 'x', { hold: 30 }, who) },
      'revise an update': { may: ['editor', 'admin'], act: (who, slug, id) => revise(slug, id, 1, { body: 'y' }, who) },
      'publish a draft': { may: ['editor', 'admin'], act: (who, slug, _, draft) => revise(slug, draft, 1, { status: 'published' }, who) },
      'discard a draft': { may: ['editor', 'admin'], act: (who, slug, _, draft) => discardDraft(newsroom, who, slug, draft) },
      'pin an update': { may: ['editor', 'admin'], act: (who, slug, id) => pinUpdate(newsroom, who, slug, id, true) },
      'withdraw an update': { may: ['editor', 'admin'], act: (who, slug, id) => withdrawUpdate(newsroom, who, slug, id, 'Why.') },
    }
    test.each(Object.entries(sentences))('%s', async (_, { may, act }) => {
      for (const [name, who] of Object.entries(people)) {
        const slug = await openedStory(newsroom)
        const { id } = await publish(newsroom, slug, 'First.')
        const draft = await publish(newsroom, slug, 'Not yet.', { status: 'draft' })
        const before = (await logOf(newsroom.store, slug)).length
        const { kind } = await act(who, slug, id, draft.id)
        const expected = may.some((each) => each === name)
          ? 'done'
          : ({ nobody: 'sign-in-needed', 'an editor on a foreign page': 'foreign-origin' }[name] ?? 'forbidden')
        expect(kind, name).toBe(expected)
        if (expected !== 'done') expect(await logOf(newsroom.store, slug), name).toHaveLength(before)
      }
    })
  })

  describe('a story', () => {
    test('gets an address from its headline, with a number where that is taken', async () => {
      const input = newStory.parse({ headline: 'Émeute à Orléans: ce que l’on sait' })
      expect(answerOf(await openStory(newsroom, editor, input, null)).slug).toBe('emeute-a-orleans-ce-que-l-on-sait')
      expect(answerOf(await openStory(newsroom, editor, input, null)).slug).toBe('emeute-a-orleans-ce-que-l-on-sait-2')
      expect(answerOf(await openStory(newsroom, editor, newStory.parse({ headline: 'Пожежа' }), null)).slug).toMatch(/^story/)
    })

    test('gets an address of about 80 characters at most, of whole words where there are some', async () => {
      const open = async (headline: string) => answerOf(await openStory(newsroom, editor, newStory.parse({ headline }), null)).slug
      expect(await open(`${'Bridges and roads '.repeat(8)}closed`)).toBe(
        'bridges-and-roads-bridges-and-roads-bridges-and-roads-bridges-and-roads-bridges',
      )
      expect(await open('“№ 5”: ½ & more!')).toBe('no-5-1-2-more')
      expect(await open('x'.repeat(200))).toMatch(/^story/)
    })

    test('gets an address of its own when many of one name are opened at once', async () => {
      const input = newStory.parse({ headline: 'Opened at once' })
      const opened = await Promise.all(Array.from({ length: 8 }, () => openStory(newsroom, editor, input, null)))
      const slugs = opened.map((result) => answerOf(result).slug)
      expect(slugs.toSorted()).toEqual(['opened-at-once', ...Array.from({ length: 7 }, (_, index) => `opened-at-once-${index + 2}`)])
    })

    test('has to be named by the editor after fifty of one name', async () => {
      const input = newStory.parse({ headline: 'Fifty of us' })
      const slugs = ['fifty-of-us', ...Array.from({ length: 49 }, (_, index) => `fifty-of-us-${index + 2}`)]
      for (const slug of slugs) answerOf(await openStory(newsroom, editor, { ...input, slug }, null))
      expect(await openStory(newsroom, editor, input, null)).toEqual({ kind: 'slug-taken', slug: 'fifty-of-us' })
    })

    test('does not take the address of another', async () => {
      const slug = await openedStory(newsroom)
      expect(await openStory(newsroom, editor, newStory.parse({ headline: 'Other', slug }), null)).toEqual({ kind: 'slug-taken', slug })
    })

    test('is revised by one event, and by none if nothing changes', async () => {
      const slug = await openedStory(newsroom)
      const revised = answerOf(await reviseStory(newsroom, editor, slug, { headline: 'Open again', status: 'paused' }))
      expect(revised).toMatchObject({ story: { headline: 'Open again', status: 'paused' }, head: 2 })
      expect(answerOf(await reviseStory(newsroom, editor, slug, { headline: 'Open again' })).head).toBe(2)
      expect((await logOf(newsroom.store, slug)).map((event) => event.type)).toEqual(['story.opened', 'story.revised'])
    })

    test('takes no updates while it is closed, and does again when it is reopened', async () => {
      const slug = await openedStory(newsroom)
      const draft = await publish(newsroom, slug, 'Late.', { status: 'draft' })
      await reviseStory(newsroom, editor, slug, { status: 'closed' })
      expect(await send(slug, null)).toEqual({ kind: 'story-closed' })
      expect(await revise(slug, draft.id, 1, { status: 'published' })).toEqual({ kind: 'story-closed' })
      await reviseStory(newsroom, editor, slug, { status: 'developing' })
      expect(await send(slug, null)).toMatchObject({ kind: 'done' })
    })

    test('cannot become a draft once readers have seen it', async () => {
      expect(await reviseStory(newsroom, editor, await openedStory(newsroom), { status: 'draft' })).toEqual({ kind: 'story-was-opened' })
    })
  })

  describe('an Idempotency-Key', () => {
    test('publishes once, however often and however close together it is sent', async () => {
      const slug = await openedStory(newsroom)
      const results = await Promise.all(Array.from({ length: 20 }, () => send(slug, 'key')))
      const answers = results.map(answerOf)
      expect(new Set(answers.map((answer) => answer.id)).size).toBe(1)
      expect(answers.every((answer) => answer.seq === 2)).toBe(true)
      expect(await logOf(newsroom.store, slug)).toHaveLength(2)
    })

    test('is refused with another text, or from another person', async () => {
      const slug = await openedStory(newsroom)
      await send(slug, 'key')
      expect(await send(slug, 'key', 'Another.')).toEqual({ kind: 'key-reused' })
      expect(await send(slug, 'key', 'The same.', {}, caller('admin'))).toEqual({ kind: 'key-reused' })
      expect(await logOf(newsroom.store, slug)).toHaveLength(2)
    })

    test('is known again by a version that has come to know more fields', async () => {
      const slug = await openedStory(newsroom)
      const ask = (request: Record<string, unknown>) =>
        newsroom.store.writeStory(slug, (log) => once(log, new Date(), { key: 'key', request }, async () => done(request)))
      const first = await ask({ body: 'The same.', key: true })
      expect(await ask({ body: 'The same.', key: true, breaking: false, tags: [], hold: 0, place: null })).toEqual(first)
      expect(await ask({ body: 'The same.', key: true, breaking: true })).toEqual({ kind: 'key-reused' })
      expect(await ask({ body: 'The same.' })).toEqual({ kind: 'key-reused' })
    })

    test('counts within its story, and for drafts too', async () => {
      const [one, other] = [await openedStory(newsroom), await openedStory(newsroom)]
      expect(answerOf(await send(one, 'key')).id).not.toBe(answerOf(await send(other, 'key')).id)
      const drafts = await Promise.all([send(one, 'draft', 'x', { status: 'draft' }), send(one, 'draft', 'x', { status: 'draft' })])
      expect(new Set(drafts.map((result) => answerOf(result).id)).size).toBe(1)
    })

    test('writes one draft, however often and however close together it is sent, and answers the same', async () => {
      const slug = await openedStory(newsroom)
      const results = await Promise.all(Array.from({ length: 20 }, () => send(slug, 'key', 'Not yet.', { status: 'draft' })))
      expect(new Set(results.map((result) => JSON.stringify(answerOf(result)))).size).toBe(1)
      expect((await readDesk(newsroom.store, slug, theEditor))?.drafts).toHaveLength(1)
      expect(await send(slug, 'key', 'Not yet.')).toEqual({ kind: 'key-reused' })
    })

    test('is answered as it was, whatever has become of the update and the story since', async () => {
      const slug = await openedStory(newsroom)
      const first = answerOf(await send(slug, 'key'))
      await revise(slug, first.id, 1, { body: 'Another.' })
      await withdrawUpdate(newsroom, editor, slug, first.id, 'Gone.')
      await reviseStory(newsroom, editor, slug, { status: 'closed' })
      const head = (await logOf(newsroom.store, slug)).length
      expect(answerOf(await send(slug, 'key'))).toEqual(first)
      expect(await logOf(newsroom.store, slug)).toHaveLength(head)
    })

    test('may be used again after a refusal', async () => {
      const slug = await openedStory(newsroom, { status: 'closed' })
      expect(await send(slug, 'key')).toEqual({ kind: 'story-closed' })
      await reviseStory(newsroom, editor, slug, { status: 'developing' })
      expect(await send(slug, 'key')).toMatchObject({ kind: 'done' })
    })
  })

  describe('an update', () => {
    test('is edited silently, or corrected in the open with a note', async () => {
      const slug = await openedStory(newsroom)
      const { id } = await publish(newsroom, slug, 'Ten people.', { title: 'Ten' })
      expect(answerOf(await revise(slug, id, 1, { body: 'Ten people were hurt.' }))).toMatchObject({ version: 2, seq: 2 })
      expect(answerOf(await revise(slug, id, 2, { body: 'Eleven people were hurt.', correction: { note: 'There are eleven.' } }))).toMatchObject({
        version: 3,
      })
      const view = await readView(newsroom.store, slug)
      expect(view?.updates[0]).toMatchObject({
        version: 3,
        title: 'Ten',
        corrections: [{ version: 3, note: 'There are eleven.' }],
        editedAt: expect.any(String),
      })
      expect((await logOf(newsroom.store, slug)).map((event) => event.type)).toEqual([
        'story.opened',
        'update.published',
        'update.revised',
        'update.corrected',
      ])
    })

    test('keeps what is not changed, and each of its corrections', async () => {
      const slug = await openedStory(newsroom)
      const occurredAt = '2026-01-31T14:05:00.000Z'
      const { id } = await publish(newsroom, slug, 'One.', { title: 'One', key: true, occurredAt })
      await revise(slug, id, 1, { title: null, correction: { note: 'First.' } })
      await revise(slug, id, 2, { occurredAt: null, correction: { note: 'Second.' } })
      await revise(slug, id, 3, { key: false })
      const [update] = (await readView(newsroom.store, slug))?.updates ?? []
      expect(update).toMatchObject({ seq: 2, version: 4, title: null, key: false, occurredAt: null, author: 'The editor' })
      expect(update?.corrections).toMatchObject([
        { version: 2, note: 'First.' },
        { version: 3, note: 'Second.' },
      ])
      expect(update?.body).toEqual({ type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text: 'One.' }] }] })
    })

    test('that is published is not published again at another time', async () => {
      const slug = await openedStory(newsroom)
      const { id } = await publish(newsroom, slug, 'One.')
      expect(await revise(slug, id, 1, { publishAt: '2030-01-01T00:00:00Z' })).toEqual({ kind: 'update-not-a-draft' })
      expect(await logOf(newsroom.store, slug)).toHaveLength(2)
    })

    test('that somebody else changed first is not overwritten', async () => {
      const slug = await openedStory(newsroom)
      const { id } = await publish(newsroom, slug, 'As it was.')
      const results = await Promise.all(['Mine.', 'Yours.'].map((body) => revise(slug, id, 1, { body })))
      expect(results.map((result) => result.kind).sort()).toEqual(['done', 'stale'])
      expect(results.find((result) => result.kind === 'stale')).toMatchObject({ current: { id, version: 2 } })
    })

    test('that is given what it says already stays as it is, and cannot be corrected by that', async () => {
      const slug = await openedStory(newsroom)
      const { id } = await publish(newsroom, slug, 'As it was.')
      expect(answerOf(await revise(slug, id, 1, { body: 'As it was.' })).version).toBe(1)
      expect(await revise(slug, id, 1, { body: 'As it was.', correction: { note: 'None.' } })).toMatchObject({
        kind: 'invalid',
        issues: [{ path: 'correction' }],
      })
      expect(await logOf(newsroom.store, slug)).toHaveLength(2)
    })

    test('that is breaking is a key event, for as long as it is breaking', async () => {
      const slug = await openedStory(newsroom)
      const { id } = await publish(newsroom, slug, 'The dam gives way.', { breaking: true })
      const now = async () => (await readView(newsroom.store, slug))?.updates[0]
      expect(await now()).toMatchObject({ breaking: true, key: true })
      await revise(slug, id, 1, { key: false })
      expect(await now()).toMatchObject({ breaking: true, key: true, version: 1 })
      await revise(slug, id, 1, { breaking: false })
      expect(await now()).toMatchObject({ breaking: false, key: true, version: 2 })
      await revise(slug, id, 2, { breaking: false, key: false })
      await revise(slug, id, 3, { breaking: true, correction: { note: 'It matters.' } })
      expect(await now()).toMatchObject({ breaking: true, key: true, version: 4 })
    })

    test('may be proposed as breaking by whoever submits it; it is when an editor publishes it so', async () => {
      const slug = await openedStory(newsroom)
      const submitted = { status: 'submitted', breaking: true }
      const [one, other] = [
        answerOf(await send(slug, null, 'One.', submitted, caller('contributor'))),
        answerOf(await send(slug, null, 'Other.', submitted, caller('contributor'))),
      ]
      expect((await readDesk(newsroom.store, slug, theEditor))?.drafts).toMatchObject([
        { breaking: true, key: true },
        { breaking: true, key: true },
      ])
      await revise(slug, one.id, 1, { status: 'published' })
      await revise(slug, other.id, 1, { status: 'published', breaking: false })
      expect((await readView(newsroom.store, slug))?.updates).toMatchObject([{ breaking: false }, { breaking: true }])
    })

    test('is pinned in place of the one before, and let go', async () => {
      const slug = await openedStory(newsroom)
      const [one, other] = [await publish(newsroom, slug, 'One.'), await publish(newsroom, slug, 'Other.')]
      const pinned = async () => (await readView(newsroom.store, slug))?.pinned?.id
      await pinUpdate(newsroom, editor, slug, one.id, true)
      await pinUpdate(newsroom, editor, slug, one.id, true)
      expect(await pinned()).toBe(one.id)
      await pinUpdate(newsroom, editor, slug, other.id, true)
      expect(await pinned()).toBe(other.id)
      await pinUpdate(newsroom, editor, slug, one.id, false)
      expect(await pinned()).toBe(other.id)
      await pinUpdate(newsroom, editor, slug, other.id, false)
      expect(await pinned()).toBeUndefined()
      expect(await logOf(newsroom.store, slug)).toHaveLength(6)
    })

    test('that is withdrawn leaves only its notice, loses its pin, and can be changed no more', async () => {
      const slug = await openedStory(newsroom)
      const { id } = await publish(newsroom, slug, 'Wrong.', { title: 'Wrong' })
      await pinUpdate(newsroom, editor, slug, id, true)
      expect(answerOf(await withdrawUpdate(newsroom, editor, slug, id, 'It was wrong.'))).toMatchObject({ version: 2 })
      const view = await readView(newsroom.store, slug)
      expect(view?.pinned).toBeNull()
      expect(view?.updates[0]).toMatchObject({ title: null, body: { content: [] }, withdrawal: { notice: 'It was wrong.' } })
      expect(await withdrawUpdate(newsroom, editor, slug, id, 'Again.')).toEqual({ kind: 'update-withdrawn' })
      expect(await revise(slug, id, 2, { body: 'x' })).toEqual({ kind: 'update-withdrawn' })
      expect(await pinUpdate(newsroom, editor, slug, id, true)).toEqual({ kind: 'update-withdrawn' })
    })

    test('or a story that isn’t there is said to be missing', async () => {
      const slug = await openedStory(newsroom)
      const elsewhere = await publish(newsroom, await openedStory(newsroom), 'Elsewhere.')
      for (const id of ['01900000-0000-7000-8000-000000000000', 'no-id', elsewhere.id]) {
        expect(await revise(slug, id, 1, { body: 'x' })).toEqual({ kind: 'no-such-update' })
        expect(await pinUpdate(newsroom, editor, slug, id, true)).toEqual({ kind: 'no-such-update' })
        expect(await withdrawUpdate(newsroom, editor, slug, id, 'x')).toEqual({ kind: 'no-such-update' })
      }
      expect(await send('nowhere', null)).toEqual({ kind: 'no-such-story' })
      expect(await reviseStory(newsroom, editor, 'nowhere', { headline: 'x' })).toEqual({ kind: 'no-such-story' })
    })

    test('with Markdown that says nothing is refused', async () => {
      expect(await send(await openedStory(newsroom), null, '  \n')).toMatchObject({
        kind: 'invalid',
        issues: [{ path: 'body', message: 'must not be empty' }],
      })
    })
  })

  describe('a draft', () => {
    test('is edited, published under its author’s name, or thrown away', async () => {
      const slug = await openedStory(newsroom)
      const { id } = answerOf(await send(slug, null, 'Seen by me.', { status: 'draft' }, caller('contributor')))
      expect(answerOf(await revise(slug, id, 1, { body: 'Seen by us.' }))).toMatchObject({ seq: null, version: 2 })
      expect(await revise(slug, id, 1, { body: 'x' })).toMatchObject({ kind: 'stale', current: { version: 2 } })
      expect(await withdrawUpdate(newsroom, editor, slug, id, 'x')).toEqual({ kind: 'update-not-published' })
      expect(answerOf(await revise(slug, id, 2, { status: 'published' }))).toMatchObject({ seq: 2 })
      expect((await readView(newsroom.store, slug))?.updates[0]).toMatchObject({ id, author: 'The contributor' })
      expect(await discardDraft(newsroom, editor, slug, id)).toEqual({ kind: 'update-not-a-draft' })

      const other = await publish(newsroom, slug, 'Never.', { status: 'draft' })
      answerOf(await discardDraft(newsroom, editor, slug, other.id))
      expect(await discardDraft(newsroom, editor, slug, other.id)).toEqual({ kind: 'no-such-update' })
    })

    test('that is given what it says already stays as it is', async () => {
      const slug = await openedStory(newsroom)
      const { id } = await publish(newsroom, slug, 'Not yet.', { status: 'draft', title: 'Soon' })
      expect(answerOf(await revise(slug, id, 1, { body: 'Not yet.', title: 'Soon', publishAt: null })).version).toBe(1)
      expect(answerOf(await revise(slug, id, 1, { title: null })).version).toBe(2)
    })

    test('is corrected by nobody before it is published', async () => {
      const slug = await openedStory(newsroom)
      const { id } = await publish(newsroom, slug, 'Not yet.', { status: 'draft' })
      expect(await revise(slug, id, 1, { body: 'Never.', correction: { note: 'Why?' } })).toEqual({ kind: 'update-not-published' })
      expect((await readDesk(newsroom.store, slug, theEditor))?.drafts).toMatchObject([{ id, version: 1 }])
    })

    test('is nothing that a reader can see', async () => {
      const slug = await openedStory(newsroom)
      const { id } = await publish(newsroom, slug, 'Not yet.', { status: 'draft' })
      expect(await readView(newsroom.store, slug)).toMatchObject({ head: 1, updates: [], pinned: null })
      expect(await readUpdate(newsroom.store, slug, id)).toBeNull()
      expect(await logOf(newsroom.store, slug)).toHaveLength(1)
    })

    test('or a story that isn’t there cannot be thrown away', async () => {
      const slug = await openedStory(newsroom)
      expect(await discardDraft(newsroom, editor, slug, '01900000-0000-7000-8000-000000000000')).toEqual({ kind: 'no-such-update' })
      expect(await discardDraft(newsroom, editor, 'nowhere', '01900000-0000-7000-8000-000000000000')).toEqual({ kind: 'no-such-story' })
    })

    test('with a time is published when it comes, once, though two look at once', async () => {
      await publishWhatOthersHold()
      const slug = await openedStory(newsroom)
      const due = new Date(Date.now() + 3_600_000)
      const { id } = await publish(newsroom, slug, 'On the hour.', { status: 'draft', publishAt: due.toISOString() })
      await publishDueDrafts(newsroom)
      expect((await readView(newsroom.store, slug))?.updates).toEqual([])
      clock = () => due
      try {
        const counts = await Promise.all([publishDueDrafts(newsroom), publishDueDrafts(newsroom)])
        expect(counts.reduce((sum, count) => sum + count)).toBe(1)
      } finally {
        clock = () => new Date()
      }
      expect((await readView(newsroom.store, slug))?.updates).toMatchObject([{ id, publishedAt: due.toISOString() }])
    })

    test('is published after those that were due before it', async () => {
      const slug = await openedStory(newsroom)
      const times = ['2026-01-03', '2026-01-01', '2026-01-02'].map((day) => `${day}T00:00:00Z`)
      for (const publishAt of times) await publish(newsroom, slug, `Due at ${publishAt}`, { status: 'draft', publishAt })
      expect(await publishDueDrafts(newsroom)).toBe(3)
      const updates = (await readView(newsroom.store, slug))?.updates ?? []
      expect(updates.map((update) => bodyText(update.body))).toEqual([times[0], times[2], times[1]].map((time) => `Due at ${time}`))
    })

    test('waits no longer for a time that was taken from it', async () => {
      const slug = await openedStory(newsroom)
      const { id } = await publish(newsroom, slug, 'Not yet.', { status: 'draft', publishAt: '2026-01-01T00:00:00Z' })
      await revise(slug, id, 1, { publishAt: null })
      expect(await publishDueDrafts(newsroom)).toBe(0)
      expect(await logOf(newsroom.store, slug)).toHaveLength(1)
    })

    test('is what an update is while it is held: it can be called back, and what wasn’t is published', async () => {
      const slug = await openedStory(newsroom)
      await publishWhatOthersHold()
      const begun = new Date('2999-01-01T12:00:00Z')
      clock = () => begun
      try {
        const [back, out] = [await publish(newsroom, slug, 'Called back.', { hold: 5 }), await publish(newsroom, slug, 'Let go.', { hold: 5 })]
        expect(out).toMatchObject({ publishedAt: null, publishAt: '2999-01-01T12:00:05.000Z' })
        await revise(slug, back.id, 1, { publishAt: null })
        clock = () => new Date('2999-01-01T12:00:04.999Z')
        expect(await publishDueDrafts(newsroom)).toBe(0)
        clock = () => new Date('2999-01-01T12:00:05Z')
        expect(await publishDueDrafts(newsroom)).toBe(1)
        // Too late: the answer tells that it is out.
        expect(answerOf(await revise(slug, out.id, 1, { publishAt: null }))).toMatchObject({ publishedAt: '2999-01-01T12:00:05.000Z' })
      } finally {
        clock = () => new Date()
      }
      expect((await readView(newsroom.store, slug))?.updates.map(({ body }) => bodyText(body))).toEqual(['Let go.'])
    })

    test('in a closed story stays a draft when its time comes', async () => {
      const slug = await openedStory(newsroom)
      await publish(newsroom, slug, 'Too late.', { status: 'draft', publishAt: new Date(0).toISOString() })
      await reviseStory(newsroom, editor, slug, { status: 'closed' })
      expect(await publishDueDrafts(newsroom)).toBe(0)
      const stored = await newsroom.store.story(slug)
      expect(await newsroom.store.drafts(stored?.story.id ?? '')).toMatchObject([{ publishAt: null }])
    })
  })
})
