import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { closeQuietStories } from '#lib/newsroom/close-quiet-stories.ts'
import type { Newsroom } from '#lib/newsroom/newsroom.ts'
import { openStory } from '#lib/newsroom/open-story.ts'
import { reviseStory } from '#lib/newsroom/revise-story.ts'
import { readAudit } from '#lib/reading/read-audit.ts'
import { readDesk } from '#lib/reading/read-desk.ts'
import { readStories, readStoriesOf } from '#lib/reading/read-stories.ts'
import { newStory, storyChanges } from '#lib/story/story.ts'
import { databaseKinds, openTestStore } from '../databases.ts'
import { answerOf, editor, logOf, openedStory, publish, theEditor } from './a-newsroom.ts'

const dayMs = 24 * 60 * 60_000

describe.each(databaseKinds)('what a story is besides its updates, on the %s database', (kind) => {
  let newsroom: Newsroom
  let close: () => Promise<void>
  let clock = () => new Date()

  beforeAll(async () => {
    const opened = await openTestStore(kind)
    newsroom = { store: opened.store, now: () => clock() }
    close = opened.close
  })
  beforeEach(() => {
    clock = () => new Date()
  })
  afterAll(() => close())

  const revise = (slug: string, changes: Record<string, unknown>) => reviseStory(newsroom, editor, slug, storyChanges.parse(changes))
  const storyOf = async (slug: string) => (await newsroom.store.story(slug))?.story
  const isListed = async (slug: string) => (await readStories(newsroom.store, newsroom.now())).some((story) => story.slug === slug)

  describe('its end', () => {
    test('is told in a summary while it is closed, and forgotten when it is reopened', async () => {
      const slug = await openedStory(newsroom)
      clock = () => new Date('2126-01-31T20:00:00Z')
      answerOf(await revise(slug, { status: 'closed', closingSummary: 'The bridge  is open again.' }))
      expect(await storyOf(slug)).toMatchObject({ closedAt: '2126-01-31T20:00:00.000Z', closingSummary: 'The bridge is open again.' })
      clock = () => new Date('2126-01-31T21:00:00Z')
      answerOf(await revise(slug, { closingSummary: 'Everything is open again.' }))
      expect(await storyOf(slug)).toMatchObject({ closedAt: '2126-01-31T20:00:00.000Z', closingSummary: 'Everything is open again.' })
      answerOf(await revise(slug, { status: 'developing' }))
      expect(await storyOf(slug)).toMatchObject({ closedAt: null, closingSummary: '', archived: false })
    })

    test.each([
      ['closingSummary', { closingSummary: 'It is over.' }],
      ['archived', { archived: true }],
      ['closingSummary', { status: 'paused', closingSummary: 'It is over.' }],
    ])('%s goes with a closed story alone', async (path, changes) => {
      const slug = await openedStory(newsroom)
      expect(await revise(slug, changes)).toEqual({ kind: 'invalid', issues: [{ path, message: 'goes with a closed story' }] })
      expect(await logOf(newsroom.store, slug)).toHaveLength(1)
    })

    test('the archive is in no list of readers, and reopening takes it out', async () => {
      const slug = await openedStory(newsroom)
      answerOf(await revise(slug, { status: 'closed', archived: true }))
      expect(await isListed(slug)).toBe(false)
      expect((await readStoriesOf(newsroom.store, theEditor, newsroom.now())).find((story) => story.slug === slug)).toMatchObject({ archived: true })
      answerOf(await revise(slug, { archived: false }))
      expect(await isListed(slug)).toBe(true)
      answerOf(await revise(slug, { archived: true }))
      answerOf(await revise(slug, { status: 'developing' }))
      expect(await isListed(slug)).toBe(true)
    })
  })

  describe('its cover', () => {
    test('has to be a picture that is here', async () => {
      const src = '/media/019a0000-0000-7000-8000-00000000000f'
      const refused = { kind: 'invalid', issues: [{ path: 'cover.src', message: `names a picture that is not here: ${src}` }] }
      const slug = await openedStory(newsroom)
      expect(await revise(slug, { cover: { src, alt: 'A bridge' } })).toEqual(refused)
      expect(await openStory(newsroom, editor, newStory.parse({ headline: 'Covered', cover: { src, alt: 'A bridge' } }), null)).toEqual(refused)
    })

    test('has what is kept of the picture where nothing else is said, and has to say what it shows', async () => {
      const id = '019a0000-0000-7000-8000-00000000000a'
      const src = `/media/${id}`
      const record = {
        id,
        type: 'image/jpeg',
        width: 640,
        height: 400,
        bytes: 1000,
        credit: 'Ann Author',
        alt: '',
        name: 'a.jpg',
        focus: { x: 0.2, y: 0.8 },
      }
      const at = newsroom.now()
      const note = { at, actor: theEditor, action: 'picture-added' as const, subject: { type: 'picture' as const, id, label: 'a.jpg' } }
      await newsroom.store.pictures.add({ ...record, uploadedBy: theEditor.id, createdAt: at }, note)
      const slug = await openedStory(newsroom)
      expect(await revise(slug, { cover: { src } })).toEqual({
        kind: 'invalid',
        issues: [{ path: 'cover.alt', message: 'must say what the picture shows' }],
      })
      answerOf(await revise(slug, { cover: { src, alt: 'A bridge' } }))
      expect(await storyOf(slug)).toMatchObject({
        cover: { src, alt: 'A bridge', credit: 'Ann Author', focus: { x: 0.2, y: 0.8 }, width: 640, height: 400 },
      })
      answerOf(await revise(slug, { headline: 'With its cover still' }))
      expect(await storyOf(slug)).toMatchObject({ headline: 'With its cover still', cover: { src } })
      answerOf(await revise(slug, { cover: null }))
      expect(await storyOf(slug)).toMatchObject({ cover: null })
    })
  })

  describe('its settings', () => {
    test('are the newsroom’s alone, and an entry of the audit log each', async () => {
      const slug = await openedStory(newsroom, { template: 'court' })
      answerOf(await revise(slug, { template: 'sport', autoCloseDays: 3 }))
      answerOf(await revise(slug, { template: 'sport', autoCloseDays: 3 }))
      expect((await readDesk(newsroom.store, slug, theEditor))?.settings).toEqual({ template: 'sport', autoCloseDays: 3 })
      expect(await logOf(newsroom.store, slug)).toHaveLength(1)
      const { entries } = await readAudit(newsroom.store.audit, { story: slug, action: 'story-setting-changed' }, undefined, 10)
      expect(entries.map(({ detail }) => detail)).toEqual([
        { name: 'autoCloseDays', from: null, to: 3 },
        { name: 'template', from: 'court', to: 'sport' },
      ])
    })
  })

  describe('a story that closes by itself', () => {
    const quiet = async (fields: Record<string, unknown> = {}) => {
      clock = () => new Date(Date.now() - 3 * dayMs)
      const slug = await openedStory(newsroom, { autoCloseDays: 3, ...fields })
      return slug
    }
    const statusAfter = async (slug: string, ms: number) => {
      clock = () => new Date(Date.now() + ms)
      await closeQuietStories(newsroom)
      return (await storyOf(slug))?.status
    }

    test('does so after as many days as were set in which nothing happened, once, whoever looks', async () => {
      const slug = await quiet()
      expect(await statusAfter(slug, -60_000)).toBe('developing')
      clock = () => new Date(Date.now() + 60_000)
      await Promise.all(Array.from({ length: 5 }, () => closeQuietStories(newsroom)))
      expect(await storyOf(slug)).toMatchObject({ status: 'closed', closedAt: expect.any(String) })
      expect(await logOf(newsroom.store, slug)).toHaveLength(2)
    })

    test('counts from the last thing that happened', async () => {
      const slug = await quiet()
      clock = () => new Date(Date.now() - dayMs)
      await publish(newsroom, slug, 'Still something.')
      expect(await statusAfter(slug, 60_000)).toBe('developing')
      expect(await statusAfter(slug, 2 * dayMs + 60_000)).toBe('closed')
    })

    test('waits for what is scheduled', async () => {
      const slug = await quiet()
      const publishAt = new Date(Date.now() + 5 * dayMs).toISOString()
      await publish(newsroom, slug, 'Later.', { status: 'draft', publishAt })
      expect(await statusAfter(slug, dayMs)).toBe('developing')
    })

    test('stays as it is if it is a draft, or nothing was set', async () => {
      const draft = await quiet({ status: 'draft' })
      const unset = await quiet({ autoCloseDays: null })
      expect(await statusAfter(draft, dayMs)).toBe('draft')
      expect(await statusAfter(unset, dayMs)).toBe('developing')
    })
  })
})
