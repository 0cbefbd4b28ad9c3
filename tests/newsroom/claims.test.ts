import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Store } from '#lib/db/store.ts'
import { answerQuestion } from '#lib/newsroom/answer-question.ts'
import { assessClaim } from '#lib/newsroom/assess-claim.ts'
import { makeClaim } from '#lib/newsroom/make-claim.ts'
import type { Newsroom } from '#lib/newsroom/newsroom.ts'
import { publishDueDrafts } from '#lib/newsroom/publish-due-drafts.ts'
import { publishUpdate } from '#lib/newsroom/publish-update.ts'
import { raiseQuestion } from '#lib/newsroom/raise-question.ts'
import { reviseClaim } from '#lib/newsroom/revise-claim.ts'
import { reviseQuestion } from '#lib/newsroom/revise-question.ts'
import { reviseStory } from '#lib/newsroom/revise-story.ts'
import { reviseUpdate } from '#lib/newsroom/revise-update.ts'
import { withdrawClaim } from '#lib/newsroom/withdraw-claim.ts'
import { withdrawQuestion } from '#lib/newsroom/withdraw-question.ts'
import { readAudit } from '#lib/reading/read-audit.ts'
import { readChanges } from '#lib/reading/read-changes.ts'
import { readDesk } from '#lib/reading/read-desk.ts'
import { readView } from '#lib/reading/read-view.ts'
import { readWholeStory } from '#lib/reading/read-whole-story.ts'
import { claimChanges, mostClaims, newAssessment, newClaim } from '#lib/story/claim.ts'
import { newAnswer, newQuestion } from '#lib/story/question.ts'
import { newUpdate } from '#lib/story/update.ts'
import { databaseKinds, openTestStore } from '../databases.ts'
import { foldOf, seen } from '../story/history.ts'
import { answerOf, caller, editor, logOf, openedStory, publish, theEditor } from './a-newsroom.ts'

const nothingHere = '01900000-0000-7000-8000-000000000000'
const said = { statement: 'The dam holds.', claimant: { name: 'Ann Berg', role: 'mayor' } }

describe.each(databaseKinds)('claims and questions on the %s database', (kind) => {
  let store: Store
  let close: () => Promise<void>
  let newsroom: Newsroom
  let clock = Date.parse('2026-11-25T09:00:00Z')

  beforeAll(async () => {
    ;({ store, close } = await openTestStore(kind, [theEditor]))
    newsroom = {
      store,
      now: () => {
        clock += 1000
        return new Date(clock)
      },
    }
  })
  afterAll(() => close())

  const make = (slug: string, fields: object = {}, key: string | null = null, who = editor) =>
    makeClaim(newsroom, who, slug, newClaim.parse({ ...said, ...fields }), key)
  const assess = (slug: string, id: string, expected: number, standing: string, fields: object = {}) =>
    assessClaim(newsroom, editor, { slug, id, expected }, newAssessment.parse({ standing, reason: 'It was seen.', ...fields }))
  const ask = (slug: string, fields: object = {}, key: string | null = null) =>
    raiseQuestion(newsroom, editor, slug, newQuestion.parse({ text: 'Does it hold?', ...fields }), key)
  const answer = (slug: string, id: string, expected: number, fields: object) =>
    answerQuestion(newsroom, editor, { slug, id, expected }, newAnswer.parse(fields))
  const viewIn = async (slug: string) => {
    const view = await readView(store, slug)
    if (!view) throw new Error('the story is open')
    return view
  }

  test('a claim goes from noted to assessed, with all that it rests on, and is what the log says', async () => {
    const slug = await openedStory(newsroom)
    const { id: update } = await publish(newsroom, slug, 'The mayor says that the dam holds.')
    const { id } = answerOf(await make(slug, { updates: [update], claimedAt: '2026-11-25T08:00:00+02:00' }))
    answerOf(await assess(slug, id, 1, 'disputed', { updates: [update] }))
    answerOf(await reviseClaim(newsroom, editor, { slug, id, expected: 2 }, claimChanges.parse({ statement: 'The dam will hold.' })))
    answerOf(await assess(slug, id, 3, 'confirmed', { sources: ['One', 'Another'] }))
    const view = await viewIn(slug)
    expect(view.claims).toMatchObject([
      {
        id,
        version: 4,
        statement: 'The dam will hold.',
        claimant: { name: 'Ann Berg', role: 'mayor', place: '' },
        claimedAt: '2026-11-25T06:00:00.000Z',
        updates: [update],
        assessments: [{ standing: 'unverified', reason: '' }, { standing: 'disputed', updates: [update] }, { standing: 'confirmed' }],
      },
    ])
    const log = await logOf(store, slug)
    expect(log.map(({ type }) => type).slice(2)).toEqual(['claim.made', 'claim.assessed', 'claim.revised', 'claim.assessed'])
    expect(seen(foldOf(log))).toEqual((await readWholeStory(store, slug))?.view)
    expect(await readChanges(store, slug, 1, 3)).toMatchObject({ reassessments: 2, answers: 0, updates: 0 })
  })

  test('a claim that was withdrawn is on no list, and in the log with the reason', async () => {
    const slug = await openedStory(newsroom)
    const { id } = answerOf(await make(slug))
    answerOf(await withdrawClaim(newsroom, editor, { slug, id, expected: 1 }, 'It was noted twice.'))
    expect((await viewIn(slug)).claims).toEqual([])
    expect((await logOf(store, slug)).at(-1)).toMatchObject({ type: 'claim.withdrawn', claim: { id, withdrawal: { notice: 'It was noted twice.' } } })
    expect(await assess(slug, id, 2, 'refuted')).toEqual({ kind: 'no-such-claim' })
  })

  test('a question is answered, closed, opened again and withdrawn', async () => {
    const slug = await openedStory(newsroom)
    const { id: update } = await publish(newsroom, slug, 'It holds.')
    const { id } = answerOf(await ask(slug))
    expect(await answer(slug, id, 1, { state: 'open', note: 'Why not.' })).toMatchObject({ kind: 'invalid', issues: [{ path: 'state' }] })
    answerOf(await answer(slug, id, 1, { state: 'answered', updates: [update] }))
    answerOf(await answer(slug, id, 2, { state: 'open', note: 'It leaks.' }))
    answerOf(await answer(slug, id, 3, { state: 'unknowable', note: 'Nobody was there.' }))
    answerOf(await reviseQuestion(newsroom, editor, { slug, id, expected: 4 }, { text: 'Did it hold?' }))
    expect((await viewIn(slug)).questions).toMatchObject([
      { text: 'Did it hold?', version: 5, answers: [{ state: 'answered', updates: [update] }, { state: 'open' }, { state: 'unknowable' }] },
    ])
    expect(await readChanges(store, slug, 1, 2)).toMatchObject({ answers: 2, reassessments: 0 })
    answerOf(await withdrawQuestion(newsroom, editor, { slug, id, expected: 5 }, 'Nobody asks.'))
    expect((await viewIn(slug)).questions).toEqual([])
    const log = await logOf(store, slug)
    const types = ['raised', 'answered', 'reopened', 'closed', 'revised', 'withdrawn'].map((type) => `question.${type}`)
    expect(log.map(({ type }) => type).slice(2)).toEqual(types)
    expect(seen(foldOf(log))).toEqual((await readWholeStory(store, slug))?.view)
  })

  test('of two changes to one version the second is refused, with what there is now', async () => {
    const slug = await openedStory(newsroom)
    const { id } = answerOf(await make(slug))
    const both = await Promise.all([assess(slug, id, 1, 'disputed'), assess(slug, id, 1, 'refuted')])
    expect(both.map(({ kind }) => kind).toSorted()).toEqual(['done', 'stale'])
    expect(both.find(({ kind }) => kind === 'stale')).toMatchObject({ current: { id, version: 2 } })
    expect((await viewIn(slug)).claims[0]?.assessments).toHaveLength(2)
  })

  test('what is sent again with its key is written once, and what changes nothing not at all', async () => {
    const slug = await openedStory(newsroom)
    const [first, again] = [answerOf(await make(slug, {}, 'key-1')), answerOf(await make(slug, {}, 'key-1'))]
    expect(again).toEqual(first)
    expect(await make(slug, { statement: 'Another.' }, 'key-1')).toEqual({ kind: 'key-reused' })
    expect(answerOf(await ask(slug, {}, 'key-2'))).toEqual(answerOf(await ask(slug, {}, 'key-2')))
    const which = { slug, id: first.id, expected: 1 }
    expect(answerOf(await reviseClaim(newsroom, editor, which, claimChanges.parse({ statement: said.statement }))).version).toBe(1)
    expect((await logOf(store, slug)).map(({ type }) => type)).toEqual(['story.opened', 'claim.made', 'question.raised'])
  })

  test('only updates that readers have been given are named', async () => {
    const slug = await openedStory(newsroom)
    const elsewhere = await publish(newsroom, await openedStory(newsroom), 'Elsewhere.')
    const draft = await publish(newsroom, slug, 'Not yet.', { status: 'draft' })
    for (const updates of [[nothingHere], [elsewhere.id], [draft.id]]) {
      const refused = { kind: 'invalid', issues: [{ path: 'updates', message: expect.stringContaining(updates[0] ?? '') }] }
      expect(await make(slug, { updates })).toMatchObject(refused)
      expect(await ask(slug, { updates })).toMatchObject(refused)
      const assessment = { standing: 'disputed', reason: 'x', updates }
      expect(await make(slug, { assessment })).toMatchObject({ issues: [{ path: 'assessment.updates' }] })
    }
    const { id } = answerOf(await make(slug))
    expect(await assess(slug, id, 1, 'refuted', { updates: [draft.id] })).toMatchObject({ issues: [{ path: 'updates' }] })
  })

  test('those who may not, stories and claims that aren’t there, and a list that is full', async () => {
    const slug = await openedStory(newsroom)
    expect(await make(slug, {}, null, caller('contributor'))).toMatchObject({ kind: 'forbidden', action: 'keep claims and questions' })
    expect(await make('no-such-story')).toEqual({ kind: 'no-such-story' })
    for (const id of [nothingHere, 'not an id']) {
      expect(await assess(slug, id, 1, 'refuted')).toEqual({ kind: 'no-such-claim' })
      expect(await answer(slug, id, 1, { state: 'answered', note: 'Yes.' })).toEqual({ kind: 'no-such-question' })
    }
    for (let number = 0; number < mostClaims; number += 1) answerOf(await make(slug))
    expect(await make(slug)).toEqual({ kind: 'list-full', most: mostClaims })
    const [oldest] = (await viewIn(slug)).claims
    answerOf(await withdrawClaim(newsroom, editor, { slug, id: oldest?.id ?? '', expected: 1 }, 'Too many.'))
    answerOf(await make(slug))
  })

  test('a closed story still learns what was so', async () => {
    const slug = await openedStory(newsroom)
    const { id } = answerOf(await make(slug))
    answerOf(await reviseStory(newsroom, editor, slug, { status: 'closed' }))
    answerOf(await assess(slug, id, 1, 'refuted'))
  })

  describe('that an update makes', () => {
    const claims = [said, { statement: 'The road is open.', claimant: { name: 'The police' } }]
    test('are noted as it is published, whichever way it goes out', async () => {
      const slug = await openedStory(newsroom)
      const { id: atOnce } = await publish(newsroom, slug, 'Both say so.', { claims })
      const later = { status: 'draft', publishAt: new Date(clock + 60_000).toISOString(), claims }
      const { id: scheduled } = await publish(newsroom, slug, 'Both say so again.', later)
      expect((await readDesk(store, slug, theEditor))?.drafts[0]?.claims).toMatchObject(claims)
      expect((await viewIn(slug)).claims).toHaveLength(2)
      clock += 120_000
      await publishDueDrafts(newsroom)
      const noted = (await viewIn(slug)).claims
      expect(noted.map(({ statement, updates }) => [statement, ...updates])).toEqual([
        ['The dam holds.', atOnce],
        ['The road is open.', atOnce],
        ['The dam holds.', scheduled],
        ['The road is open.', scheduled],
      ])
      expect(seen(foldOf(await logOf(store, slug)))).toEqual((await readWholeStory(store, slug))?.view)
    })

    test('are noted as it is edited, without a new version of it, and once if the answer got lost', async () => {
      const slug = await openedStory(newsroom)
      const { id } = await publish(newsroom, slug, 'Both say so.')
      const edit = (claimsOfIt: typeof claims) => reviseUpdate(newsroom, editor, slug, id, 1, { claims: newUpdate.shape.claims.parse(claimsOfIt) })
      expect(answerOf(await edit(claims.slice(0, 1))).version).toBe(1)
      expect(answerOf(await edit(claims)).version).toBe(1)
      answerOf(await edit(claims))
      expect((await viewIn(slug)).claims.map(({ statement }) => statement)).toEqual(['The dam holds.', 'The road is open.'])
    })

    test('go with a draft until then, and are what was said last', async () => {
      const slug = await openedStory(newsroom)
      const draft = await publishUpdate(newsroom, caller('contributor'), slug, newUpdate.parse({ body: 'x', claims, status: 'submitted' }), null)
      const { id } = answerOf(draft)
      answerOf(await reviseUpdate(newsroom, editor, slug, id, 1, { claims: newUpdate.shape.claims.parse(claims.slice(1)) }))
      expect((await viewIn(slug)).claims).toEqual([])
      answerOf(await reviseUpdate(newsroom, editor, slug, id, 2, { status: 'published' }))
      expect((await viewIn(slug)).claims).toMatchObject([{ statement: 'The road is open.', updates: [id] }])
    })
  })

  test('the audit log names each of them', async () => {
    const slug = await openedStory(newsroom)
    const { id } = answerOf(await make(slug))
    answerOf(await assess(slug, id, 1, 'disputed'))
    answerOf(await ask(slug))
    const { entries } = await readAudit(store.audit, { story: slug }, undefined, 10)
    expect(entries).toMatchObject([
      { action: 'question-raised', subject: { type: 'question', label: 'Does it hold?' }, detail: { version: 1 } },
      {
        action: 'claim-assessed',
        subject: { type: 'claim', id, label: 'The dam holds.' },
        detail: { version: 2, status: 'disputed', note: 'It was seen.' },
      },
      { action: 'claim-made', subject: { type: 'claim', id }, detail: { version: 1, status: 'unverified' } },
      { action: 'story-opened', subject: { type: 'story' } },
    ])
  })
})
