import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Store } from '#lib/db/store.ts'
import { eraseHistory } from '#lib/newsroom/erase-history.ts'
import { makeClaim } from '#lib/newsroom/make-claim.ts'
import type { Newsroom } from '#lib/newsroom/newsroom.ts'
import { pinUpdate } from '#lib/newsroom/pin-update.ts'
import { publishUpdate } from '#lib/newsroom/publish-update.ts'
import { raiseQuestion } from '#lib/newsroom/raise-question.ts'
import { reviseUpdate } from '#lib/newsroom/revise-update.ts'
import { withdrawClaim } from '#lib/newsroom/withdraw-claim.ts'
import { withdrawUpdate } from '#lib/newsroom/withdraw-update.ts'
import { readAudit } from '#lib/reading/read-audit.ts'
import { readLogOf } from '#lib/reading/read-log.ts'
import { readView } from '#lib/reading/read-view.ts'
import { readWholeStory } from '#lib/reading/read-whole-story.ts'
import { checkLog } from '#lib/story/chain.ts'
import { newAssessment, newClaim } from '#lib/story/claim.ts'
import { newErasure } from '#lib/story/erasure.ts'
import { newQuestion } from '#lib/story/question.ts'
import { newUpdate } from '#lib/story/update.ts'
import { databaseKinds, openTestStore } from '../databases.ts'
import { foldOf, seen } from '../story/history.ts'
import { answerOf, caller, editor, logOf, openedStory, publish, tickingNewsroom } from './a-newsroom.ts'

const words = 'The driver of the red lorry was Karim Zebrowski.'
const admin = caller('admin')

describe.each(databaseKinds)('erasing from history in the %s database', (kind) => {
  let store: Store
  let close: () => Promise<void>
  let newsroom: Newsroom

  beforeAll(async () => {
    ;({ store, close } = await openTestStore(kind))
    newsroom = tickingNewsroom(store, '2026-11-26T09:00:00Z')
  })
  afterAll(() => close())

  const erase = (slug: string, what: object, who = admin) =>
    eraseHistory(newsroom, who, slug, newErasure.parse({ reason: 'By order of a court.', confirm: slug, ...what }))
  const claim = async (slug: string, fields: object) =>
    answerOf(await makeClaim(newsroom, editor, slug, newClaim.parse({ statement: words, claimant: { name: 'Ann Berg' }, ...fields }), null))
  /** All rows of the story that hold the words. */
  const rowsWithWords = async (slug: string) => {
    const stored = await store.story(slug)
    const found: string[] = []
    for await (const { table, row } of store.erasures.rows(stored?.story.id ?? '', [])) if (row.includes('Zebrowski')) found.push(table)
    return found
  }
  const checked = async (slug: string) => {
    const stored = await store.story(slug)
    if (!stored) throw new Error('no such story')
    return { ...(await checkLog(stored.story.id, readLogOf(store, stored))), end: stored.chain }
  }

  test('takes all versions of an update, what was said of it and what was claimed in it out of everything that is kept', async () => {
    const slug = await openedStory(newsroom)
    const { id: before } = await publish(newsroom, slug, 'A lorry is in the river.')
    const { id } = await publish(newsroom, slug, words, { title: words })
    answerOf(await reviseUpdate(newsroom, editor, slug, id, 1, { title: `${words} So the police.`, correction: { note: `Not: ${words}` } }))
    answerOf(await pinUpdate(newsroom, editor, slug, id, true))
    answerOf(await withdrawUpdate(newsroom, editor, slug, id, 'We should not have named him.'))
    const { id: claimed } = await claim(slug, { updates: [id] })
    const { id: other } = await claim(slug, { statement: 'The river is deep.', updates: [id, before] })
    answerOf(await raiseQuestion(newsroom, editor, slug, newQuestion.parse({ text: 'Who drove?', updates: [id] }), null))
    expect(new Set(await rowsWithWords(slug))).toEqual(new Set(['events', 'updates', 'claims']))

    const { seq, events } = answerOf(await erase(slug, { updates: [id], claims: [claimed] }))

    expect(events).toHaveLength(5)
    expect(await rowsWithWords(slug)).toEqual([])
    expect(await checked(slug)).toMatchObject({ kind: 'whole', erased: 5 })
    const { hash, end } = (await checked(slug)) as { hash: string; end: string }
    expect(hash).toBe(end)
    const log = await logOf(store, slug)
    expect(log.filter(({ type }) => type === 'erased')).toHaveLength(5)
    expect(log[seq - 1]).toMatchObject({ type: 'history.erased', erasure: { events: events.map((event) => event.seq) } })
    const view = (await readWholeStory(store, slug))?.view ?? null
    expect(view && seen(view)).toEqual({ ...seen(foldOf(log)), epoch: 2 })
    expect(view).toMatchObject({ pinned: null, updates: [{ id: before }], claims: [{ id: other, updates: [before] }], questions: [{ updates: [] }] })
  })

  test('tells the audit log who asked for it and why, and no words', async () => {
    const slug = await openedStory(newsroom)
    const { id } = await publish(newsroom, slug, words, { title: words })
    const { seq } = answerOf(await erase(slug, { updates: [id] }))
    const { entries } = await readAudit(store.audit, { story: slug }, undefined, 100)
    expect(entries.find(({ action }) => action === 'erasure-ordered')).toMatchObject({
      actor: { id: 'the-admin' },
      detail: { seq, reason: 'By order of a court.' },
    })
    expect(entries.map(({ action }) => action)).toContain('history-erased')
    expect(JSON.stringify(entries)).not.toContain('Zebrowski')
  })

  test('forgets what was sent, and still writes nothing twice', async () => {
    const slug = await openedStory(newsroom)
    const update = newUpdate.parse({ body: words })
    const { id } = answerOf(await publishUpdate(newsroom, editor, slug, update, 'a-key'))
    answerOf(await erase(slug, { updates: [id] }))
    expect(await publishUpdate(newsroom, editor, slug, update, 'a-key')).toEqual({ kind: 'key-reused' })
    expect((await readView(store, slug))?.updates).toEqual([])
  })

  test('takes what was typed with the words and sent nowhere, and leaves what else is typed', async () => {
    const slug = await openedStory(newsroom)
    const { id } = await publish(newsroom, slug, words)
    const storyId = (await store.story(slug))?.story.id ?? ''
    const [one, other] = ['01900000-0000-7000-8000-00000000000d', '01900000-0000-7000-8000-00000000000e']
    await store.unsent.keep(
      storyId,
      'somebody',
      one,
      { personId: 'somebody', text: { title: '', body: newUpdate.parse({ body: words }).body } },
      new Date(),
    )
    await store.unsent.keep(storyId, 'somebody', other, { personId: 'somebody', text: { title: 'The river is rising.' } }, new Date())
    answerOf(await erase(slug, { updates: [id] }))
    expect(await store.unsent.list(storyId, 'somebody')).toMatchObject([{ device: other }])
  })

  test('knows which claims and questions ever named an update, also once they were withdrawn', async () => {
    const slug = await openedStory(newsroom)
    const { id } = await publish(newsroom, slug, words)
    const { id: rests } = await claim(slug, {
      statement: 'He drove.',
      assessment: newAssessment.parse({ standing: 'disputed', reason: 'x', updates: [id] }),
    })
    const { id: withdrawn } = await claim(slug, { updates: [id] })
    answerOf(await withdrawClaim(newsroom, editor, { slug, id: withdrawn, expected: 1 }, 'It should not be here.'))
    const { id: other } = await claim(slug, { statement: 'The river is deep.' })
    const storyId = (await store.story(slug))?.story.id ?? ''
    expect(await store.erasures.facts(storyId)).toEqual([
      { kind: 'claim', id: rests, title: 'He drove.', updates: [id], isWithdrawn: false },
      { kind: 'claim', id: withdrawn, title: words, updates: [id], isWithdrawn: true },
      { kind: 'claim', id: other, title: 'The river is deep.', updates: [], isWithdrawn: false },
    ])
    answerOf(await erase(slug, { updates: [id], claims: [withdrawn] }))
    expect(await rowsWithWords(slug)).toEqual([])
  })

  test('has the files written anew, once', async () => {
    const slug = await openedStory(newsroom)
    const { id } = await publish(newsroom, slug, words)
    answerOf(await erase(slug, { updates: [id] }))
    const isDue = async () => {
      const rows: string[] = []
      for await (const { table, row } of store.erasures.rows((await store.story(slug))?.story.id ?? '', [])) if (table === 'stories') rows.push(row)
      return rows.some((row) => row.includes('"rewrite_due": true'))
    }
    expect(await isDue()).toBe(true)
    await store.erasures.rewrite()
    expect(await isDue()).toBe(false)
  })

  test('is for admins, with the story’s address, of what is there', async () => {
    const slug = await openedStory(newsroom)
    const { id } = await publish(newsroom, slug, words)
    expect(await erase(slug, { updates: [id] }, editor)).toMatchObject({ kind: 'forbidden' })
    expect(await erase(slug, { updates: [id], confirm: 'another' })).toMatchObject({ kind: 'invalid', issues: [{ path: 'confirm' }] })
    const { id: draft } = await publish(newsroom, slug, words, { status: 'draft' })
    expect(await erase(slug, { updates: [id, draft] })).toEqual({ kind: 'nothing-to-erase' })
    expect((await store.story(slug))?.epoch).toBe(1)
    expect((await readView(store, slug))?.updates).toMatchObject([{ id }])
    answerOf(await erase(slug, { updates: [id] }))
    expect(await erase(slug, { updates: [id] })).toEqual({ kind: 'nothing-to-erase' })
    expect(newErasure.safeParse({ reason: 'Why', confirm: slug }).success).toBe(false)
  })

  test('leaves no way to write on what is gone', async () => {
    const slug = await openedStory(newsroom)
    const { id } = await publish(newsroom, slug, words)
    answerOf(await erase(slug, { updates: [id] }))
    expect(await reviseUpdate(newsroom, editor, slug, id, 1, { title: words })).toEqual({ kind: 'no-such-update' })
    expect(await withdrawUpdate(newsroom, editor, slug, id, 'x')).toEqual({ kind: 'no-such-update' })
  })
})
