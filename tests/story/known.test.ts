import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { newAssessment, newClaim } from '#lib/story/claim.ts'
import { claimsByUpdate, sortKnown, standingOf, stateOf } from '#lib/story/known.ts'
import { newAnswer } from '#lib/story/question.ts'
import { anyLog } from './arbitraries.ts'
import { foldOf } from './history.ts'

describe('what is known of a story', () => {
  test.prop([anyLog])('has each claim and each question once, where its standing puts it', (log) => {
    const view = foldOf(log)
    const { known, claimed, notKnown, over, settled } = sortKnown(view)
    const ids = (facts: readonly { id: string }[]) => facts.map(({ id }) => id).toSorted()
    expect(ids([...known, ...claimed, ...over])).toEqual(ids(view.claims))
    expect(ids([...notKnown, ...settled])).toEqual(ids(view.questions))
    expect(known.map(standingOf).every((standing) => standing === 'confirmed')).toBe(true)
    expect(claimed.map(standingOf).every((standing) => standing === 'unverified' || standing === 'disputed')).toBe(true)
    expect(over.map(standingOf).every((standing) => standing === 'refuted' || standing === 'retracted')).toBe(true)
    expect(notKnown.map(stateOf).every((state) => state === 'open')).toBe(true)
    expect(settled.map(stateOf).some((state) => state === 'open')).toBe(false)
  })

  test.prop([anyLog])('tells what was assessed last first', (log) => {
    for (const claims of [sortKnown(foldOf(log)).known, sortKnown(foldOf(log)).claimed]) {
      const times = claims.map(({ assessments }) => assessments.at(-1)?.at ?? '')
      expect(times).toEqual(times.toSorted().reverse())
    }
  })

  test.prop([anyLog])('is carried by each update that tells of it or that it rests on, once, and by no other', (log) => {
    const view = foldOf(log)
    const carried = claimsByUpdate(view.claims)
    for (const { id } of view.updates) {
      const expected = view.claims.filter(({ updates, assessments }) => updates.includes(id) || assessments.some((each) => each.updates.includes(id)))
      expect(carried.get(id) ?? []).toEqual(expected)
    }
  })
})

describe('an assessment', () => {
  const confirmed = { standing: 'confirmed', reason: 'Seen.' }
  test('confirms with two sources, or with one and why it is enough', () => {
    const isTaken = (fields: object) => newAssessment.safeParse({ ...confirmed, ...fields }).success
    expect(isTaken({ sources: ['One', 'Another'] })).toBe(true)
    expect(isTaken({ sources: ['One'], soleSource: 'It is the court.' })).toBe(true)
    expect(isTaken({ sources: ['One'] })).toBe(false)
    expect(isTaken({ soleSource: 'It is the court.' })).toBe(false)
    // One source is one source, however it is written.
    expect(isTaken({ sources: ['The court', 'the  Court'] })).toBe(false)
  })

  test.prop([fc.constantFrom('unverified', 'disputed', 'refuted', 'retracted')])('otherwise needs a reason alone', (standing) => {
    expect(newAssessment.safeParse({ standing, reason: 'So it is.' }).success).toBe(true)
    expect(newAssessment.safeParse({ standing, reason: ' ' }).success).toBe(false)
  })

  test('of a new claim is held to the same', () => {
    const claim = { statement: 'It holds.', claimant: { name: 'Ann Berg' } }
    expect(newClaim.safeParse(claim).data).toMatchObject({ updates: [], assessment: null, claimant: { role: '', place: '' } })
    expect(newClaim.safeParse({ ...claim, assessment: confirmed }).success).toBe(false)
    expect(newClaim.safeParse({ ...claim, claimant: { name: '' } }).success).toBe(false)
  })
})

describe('an answer', () => {
  const update = '01900000-0000-7000-8000-000000000001'
  test('is given by an update or in words; anything else says why', () => {
    expect(newAnswer.safeParse({ state: 'answered', updates: [update] }).success).toBe(true)
    expect(newAnswer.safeParse({ state: 'answered', note: 'Nobody was.' }).success).toBe(true)
    expect(newAnswer.safeParse({ state: 'answered' }).success).toBe(false)
    expect(newAnswer.safeParse({ state: 'unknowable', updates: [update] }).success).toBe(false)
    expect(newAnswer.safeParse({ state: 'open', note: 'A second witness.' }).success).toBe(true)
  })
})
