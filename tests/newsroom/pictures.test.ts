import { randomUUID } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Caller } from '#lib/accounts/person.ts'
import { type Media, openMedia } from '#lib/media/media.ts'
import { addPicture } from '#lib/newsroom/add-picture.ts'
import { choosePerson } from '#lib/newsroom/choose-person.ts'
import { describePicture } from '#lib/newsroom/describe-picture.ts'
import type { Newsroom } from '#lib/newsroom/newsroom.ts'
import { publishUpdate } from '#lib/newsroom/publish-update.ts'
import { reviseUpdate } from '#lib/newsroom/revise-update.ts'
import { readAudit } from '#lib/reading/read-audit.ts'
import { readDesk } from '#lib/reading/read-desk.ts'
import { readPictures } from '#lib/reading/read-pictures.ts'
import { readView } from '#lib/reading/read-view.ts'
import { newPicture } from '#lib/story/new-picture.ts'
import { newUpdate } from '#lib/story/update.ts'
import { databaseKinds, openTestStore } from '../databases.ts'
import { markdownFromBody } from '../markdown/write.ts'
import { grain, solid } from '../media/a-picture.ts'
import { answerOf, caller, editor, logOf, nobody, openedStory, person, publish, theEditor } from './a-newsroom.ts'

describe.each(databaseKinds)('pictures in a newsroom on the %s database', (kind) => {
  const folder = mkdtempSync(join(tmpdir(), 'staytuned-'))
  const media: Media = openMedia(folder)
  let newsroom: Newsroom
  let close: () => Promise<void>

  beforeAll(async () => {
    const opened = await openTestStore(kind, [person('guest')])
    newsroom = { store: opened.store, now: () => new Date() }
    close = opened.close
  })
  afterAll(async () => {
    await close()
    rmSync(folder, { recursive: true })
  })

  const send = (file: Buffer, words: Record<string, unknown> = {}, who: Caller = editor, name = '') =>
    addPicture(newsroom, media, who, { ...newPicture.parse(words), file, name })
  const added = async (words: Record<string, unknown> = {}) => answerOf(await send(await solid(800, 600).jpeg().toBuffer(), words))
  const files = () => readdirSync(folder).filter((name) => name !== 'renditions')

  /** The attributes of the pictures of the newest update. */
  const shown = async (slug: string) =>
    (await readView(newsroom.store, slug))?.updates[0]?.body.content.flatMap((block) => (block.type === 'image' ? block.attrs : []))

  test('are added by whoever writes, and by nobody else', async () => {
    const picture = await solid(80, 60).png().toBuffer()
    for (const role of ['contributor', 'editor', 'admin'] as const) {
      const { id, ...answer } = answerOf(await send(picture, {}, caller(role)))
      expect(answer).toEqual({ src: `/media/${id}`, width: 80, height: 60, type: 'image/png', bytes: expect.any(Number) })
      expect(files()).toContain(`${id}.png`)
    }
    const before = files()
    expect(await send(picture, {}, caller('guest'))).toMatchObject({ kind: 'forbidden', role: 'guest' })
    expect(await send(picture, {}, nobody)).toEqual({ kind: 'sign-in-needed' })
    expect(await send(picture, {}, caller('admin', 'foreign'))).toEqual({ kind: 'foreign-origin' })
    expect(files()).toEqual(before)
    const slug = await openedStory(newsroom)
    answerOf(await choosePerson(newsroom, editor, slug, 'the-guest', 'contributor'))
    answerOf(await send(picture, {}, caller('guest')))
    answerOf(await choosePerson(newsroom, editor, slug, 'the-guest', null))
    expect(await send(picture, {}, caller('guest'))).toMatchObject({ kind: 'forbidden' })
  })

  test('of somebody else are changed with an entry in the audit log, one’s own without', async () => {
    const { id } = await added()
    const changed = async () => {
      const { entries } = await readAudit(newsroom.store.audit, { action: 'picture-changed' }, undefined, 10)
      return entries.filter(({ subject }) => subject.id === id)
    }
    answerOf(await describePicture(newsroom, editor, id, { alt: 'Mine' }))
    expect(await changed()).toEqual([])
    answerOf(await describePicture(newsroom, caller('admin'), id, { alt: 'Not mine' }))
    expect(await changed()).toMatchObject([{ actor: { id: 'the-admin' }, subject: { type: 'picture', label: '' } }])
  })

  test('that are none leave nothing behind', async () => {
    const before = files()
    expect(await send(Buffer.from('<svg/>'))).toEqual({ kind: 'not-a-picture' })
    expect(files()).toEqual(before)
  })

  test('come into an update with their size, whatever was said of that, and with their credit if nothing else is said', async () => {
    const slug = await openedStory(newsroom)
    const { src } = await added({ credit: ' Ann  Author ' })
    await publish(newsroom, slug, `![A bridge](${src} "Today")\n\n> ![](${src})`)
    const known = { src, credit: 'Ann Author', width: 800, height: 600 }
    expect(await shown(slug)).toEqual([{ ...known, alt: 'A bridge', title: 'Today' }])
    const log = await logOf(newsroom.store, slug)
    expect(log.at(-1)).toMatchObject({ update: { body: { content: [{}, { content: [{ attrs: { ...known, alt: '' } }] }] } } })

    const claimed = { type: 'image', attrs: { src, alt: '', credit: 'Me', width: 1, height: 1 } }
    const elsewhere = { type: 'image', attrs: { src: 'https://example.org/a.png', alt: '', credit: 'Them', width: 9, height: 9 } }
    const body = newUpdate.parse({ body: { type: 'doc', content: [claimed, elsewhere] } })
    answerOf(await publishUpdate(newsroom, editor, slug, body, null))
    expect(await shown(slug)).toEqual([{ ...known, credit: 'Me', alt: '' }, elsewhere.attrs])
  })

  test('come so into a draft, and into what is revised', async () => {
    const slug = await openedStory(newsroom)
    const [one, other] = [await added(), await added({ credit: 'Bob' })]
    const { id } = await publish(newsroom, slug, `![](${one.src})`, { status: 'draft' })
    const drafts = async () => (await readDesk(newsroom.store, slug, theEditor))?.drafts
    expect(await drafts()).toMatchObject([{ body: { content: [{ attrs: { credit: null, width: 800, height: 600 } }] } }])
    answerOf(await reviseUpdate(newsroom, editor, slug, id, 1, { body: `![](${other.src})` }))
    expect(await drafts()).toMatchObject([{ body: { content: [{ attrs: { src: other.src, credit: 'Bob', width: 800 } }] } }])
    answerOf(await reviseUpdate(newsroom, editor, slug, id, 2, { status: 'published' }))
    answerOf(await reviseUpdate(newsroom, editor, slug, id, 3, { body: `![](${one.src})`, correction: { note: 'Another.' } }))
    expect(await shown(slug)).toEqual([{ src: one.src, alt: '', title: null, credit: null, width: 800, height: 600 }])
  })

  test('are described for those who use them next, and stay in what is published as they were', async () => {
    const slug = await openedStory(newsroom)
    const { id, src } = await added({ credit: 'Ann' })
    await publish(newsroom, slug, `![](${src})`)
    const focus = { x: 0.25, y: 0.5 }
    const described = answerOf(await describePicture(newsroom, editor, id, { alt: 'The quay', credit: 'Bob', focus }))
    expect(described).toMatchObject({ id, src, alt: 'The quay', credit: 'Bob', focus, width: 800 })
    expect(await shown(slug)).toMatchObject([{ alt: '', credit: 'Ann' }])
    await publish(newsroom, slug, `![](${src})`)
    expect(await shown(slug)).toEqual([{ src, alt: 'The quay', title: null, credit: 'Bob', focus, width: 800, height: 600 }])
    expect(answerOf(await describePicture(newsroom, editor, id, { focus: null }))).toMatchObject({ alt: 'The quay', credit: 'Bob', focus: null })
    expect(answerOf(await describePicture(newsroom, editor, id, { credit: null }))).toMatchObject({ alt: 'The quay', credit: null })
  })

  test('are described by whoever uploaded them, and by editors', async () => {
    const { id } = answerOf(await send(await solid(80, 60).png().toBuffer(), {}, caller('contributor')))
    const other = (await added()).id
    const changes = { credit: 'Ann' }
    for (const role of ['contributor', 'editor', 'admin'] as const) {
      expect(await describePicture(newsroom, caller(role), id, changes)).toMatchObject({ kind: 'done' })
    }
    const refusal = { kind: 'forbidden', action: 'describe a picture of another', role: 'contributor' }
    expect(await describePicture(newsroom, caller('contributor'), other, changes)).toEqual(refusal)
    expect(await describePicture(newsroom, nobody, id, changes)).toEqual({ kind: 'sign-in-needed' })
    expect(await describePicture(newsroom, caller('admin', 'foreign'), id, changes)).toEqual({ kind: 'foreign-origin' })
    for (const missing of [randomUUID(), 'x', '']) {
      expect(await describePicture(newsroom, editor, missing, changes)).toEqual({ kind: 'no-such-picture' })
    }
  })

  test('are found by a part of each word that is said of them, in whatever case, newest first and a page at a time', async () => {
    const picture = await solid(8, 6).png().toBuffer()
    const add = async (alt: string, credit: string, name: string) => answerOf(await send(picture, { alt, credit }, editor, name)).id
    const quay = await add('Вода на НАБЕРЕЖНІЙ', 'Zoë Author', 'IMG_2034-quay.jpg')
    const bridge = await add('The bridge at 50%', 'Zoë_Other', 'bridge.png')
    const found = async (q: string, limit = 10) => (await readPictures(newsroom.store, { q, limit })).pictures.map(({ id }) => id)
    expect(await found('ZOË')).toEqual([bridge, quay])
    for (const words of ['набережній', 'author quay', ' AUTHOR  2034 ', 'img_2034', 'набере', '.jpg'])
      expect([words, await found(words)]).toEqual([words, [quay]])
    // These stand for themselves.
    for (const words of ['50%', 'ë_o', '%', '_other']) expect([words, await found(words)]).toEqual([words, [bridge]])
    for (const words of ['zoë quay bridge', '\\', '50_', "'", 'z%r']) expect([words, await found(words)]).toEqual([words, []])

    const ids: string[] = []
    for (let before: string | undefined; ; ) {
      const page = await readPictures(newsroom.store, { q: '', before, limit: 3 })
      ids.push(...page.pictures.map(({ id }) => id))
      if (page.next === null) break
      before = page.next
    }
    expect(ids.slice(0, 2)).toEqual([bridge, quay])
    expect(ids).toEqual(await found('', 100))
    expect(ids).toEqual(ids.toSorted().toReversed())
  })

  test('don’t change when their update goes through Markdown and back', async () => {
    const slug = await openedStory(newsroom)
    const { src } = await added({ credit: 'Ann' })
    const { id } = await publish(newsroom, slug, `Words.\n\n![A bridge](${src} "Today")`)
    const body = (await readView(newsroom.store, slug))?.updates[0]?.body
    const markdown = body ? markdownFromBody(body) : ''
    expect(answerOf(await reviseUpdate(newsroom, editor, slug, id, 1, { body: markdown })).version).toBe(1)
  })

  test('that aren’t there are named by no update', async () => {
    const slug = await openedStory(newsroom)
    const { id } = await publish(newsroom, slug, 'Words.')
    const missing = `/media/${randomUUID()}`
    const refusal = { kind: 'invalid', issues: [{ path: 'body', message: `names a picture that is not here: ${missing}` }] }
    const body = `![](${(await added()).src})\n\n- ![](${missing})`
    expect(await publishUpdate(newsroom, editor, slug, newUpdate.parse({ body }), null)).toEqual(refusal)
    expect(await publishUpdate(newsroom, editor, slug, newUpdate.parse({ body, status: 'draft' }), null)).toEqual(refusal)
    expect(await reviseUpdate(newsroom, editor, slug, id, 1, { body })).toEqual(refusal)
    expect(await logOf(newsroom.store, slug)).toHaveLength(2)
  })

  test('count with all that is filled in towards the size of a body', async () => {
    const slug = await openedStory(newsroom)
    const { src } = await added({ credit: 'ї'.repeat(300) })
    const body = `${'x'.repeat(40_000)}\n\n${Array.from({ length: 50 }, () => `![](${src})`).join('\n\n')}`
    expect(await publishUpdate(newsroom, editor, slug, newUpdate.parse({ body }), null)).toMatchObject({
      kind: 'invalid',
      issues: [{ path: 'body', message: expect.stringMatching(/^is \d+ KB as JSON; the most is 64 KB$/) }],
    })
  })

  test('can be seen as soon as they are added', async () => {
    const { id } = answerOf(await send(await grain(400, 300).jpeg().toBuffer()))
    const found = await media.rendition(id, 320, 'webp', '192.0.2.1')
    if (found.kind !== 'rendition') throw new Error(found.kind)
    expect(await sharp(found.bytes).metadata()).toMatchObject({ format: 'webp', width: 320, height: 240 })
  })
})
