import { randomUUID } from 'node:crypto'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { beforeEach, describe, expect, test } from 'vitest'
import { type FoundRendition, type Media, openMedia } from '#lib/media/media.ts'
import { type PictureFormat, pictureFormats, pictureWidths } from '#lib/story/picture.ts'
import { temporaryFolder } from '../store/temporary-folder.ts'
import { grain, solid } from './a-picture.ts'

const id = '019a0000-0000-7000-8000-000000000001'
const other = '019a0000-0000-7000-8000-000000000002'
const reader = '192.0.2.1'

let folder: string
let media: Media

beforeEach(() => {
  folder = join(temporaryFolder(), 'media')
  media = openMedia(folder)
})

async function rendition(pictureId: string, width: number, format: PictureFormat): Promise<FoundRendition> {
  const found = await media.rendition(pictureId, width, format, reader)
  if (found.kind !== 'rendition') throw new Error(`not found: ${found.kind}`)
  return found
}

describe('the media', () => {
  test('touch nothing until they are asked for something', () => {
    expect(existsSync(folder)).toBe(false)
  })

  test('keep a picture as one file, and nothing of what was refused', async () => {
    const kept = await media.keep(id, await solid(400, 300).jpeg().toBuffer())
    expect(kept).toEqual({ kind: 'kept', type: 'image/jpeg', width: 400, height: 300, size: statSync(join(folder, `${id}.jpg`)).size })
    expect(await media.keep(other, Buffer.from('<svg/>'))).toEqual({ kind: 'not-a-picture' })
    expect(readdirSync(folder)).toEqual([`${id}.jpg`])
  })

  test('turn away pictures that come while five are being worked on', async () => {
    const sent = await grain(1500, 1000).jpeg().toBuffer()
    const ids = Array.from({ length: 8 }, (_, index) => `019a0000-0000-7000-8000-00000000001${index}`)
    const results = await Promise.all(ids.map((each) => media.keep(each, sent)))
    expect(results.map(({ kind }) => kind)).toEqual([...Array(5).fill('kept'), ...Array(3).fill('busy')])
    expect(readdirSync(folder)).toHaveLength(5)
  })

  test.each(['../secret', `../${id}`, `${id}/../../secret`, '', '.', `${id}\0`, id.toUpperCase()])(
    'keep to their folder when asked for %j',
    async (asked) => {
      expect(await media.rendition(asked, 320, 'jpg', reader)).toEqual({ kind: 'no-such-picture' })
      await expect(media.keep(asked, await solid(10, 10).png().toBuffer())).rejects.toThrow('not the id of a picture')
    },
  )
})

describe('a rendition', () => {
  test('is made at each width and in each format', async () => {
    await media.keep(id, await solid(2000, 1000).png().toBuffer())
    for (const width of pictureWidths) {
      for (const format of pictureFormats) {
        const { type, bytes } = await rendition(id, width, format)
        expect(type).toBe({ avif: 'image/avif', webp: 'image/webp', jpg: 'image/jpeg' }[format])
        expect(await sharp(bytes).metadata()).toMatchObject({ width, height: width / 2, format: { avif: 'heif', webp: 'webp', jpg: 'jpeg' }[format] })
      }
    }
  })

  test('is never larger than the picture', async () => {
    await media.keep(id, await solid(500, 250).png().toBuffer())
    for (const format of pictureFormats) {
      expect(await sharp((await rendition(id, 1920, format)).bytes).metadata()).toMatchObject({ width: 500, height: 250 })
    }
  })

  test('shows white where the picture is transparent and the format cannot be', async () => {
    await media.keep(id, await solid(400, 400, '#00000000').png().toBuffer())
    expect([
      ...(
        await sharp((await rendition(id, 320, 'jpg')).bytes)
          .raw()
          .toBuffer()
      ).subarray(0, 3),
    ]).toEqual([255, 255, 255])
    expect(await sharp((await rendition(id, 320, 'webp')).bytes).metadata()).toMatchObject({ hasAlpha: true })
  })

  test('is made once for all who ask at the same time, and read from then on', async () => {
    await media.keep(id, await grain(800, 600).png().toBuffer())
    const found = await Promise.all(Array.from({ length: 100 }, () => rendition(id, 640, 'avif')))
    expect(new Set(found.map(({ bytes }) => bytes)).size).toBe(1)
    const { mtimeMs } = statSync(join(folder, 'renditions', `${id}-640.avif`))
    expect((await rendition(id, 640, 'avif')).bytes).toEqual(found[0]?.bytes)
    expect(statSync(join(folder, 'renditions', `${id}-640.avif`)).mtimeMs).toBe(mtimeMs)
  })

  test('of a picture that isn’t there isn’t there either, until it is', async () => {
    expect(await media.rendition(id, 320, 'webp', reader)).toEqual({ kind: 'no-such-picture' })
    await media.keep(id, await solid(400, 300).webp().toBuffer())
    expect(await media.rendition(id, 320, 'webp', reader)).toMatchObject({ kind: 'rendition' })
  })
})

describe('pictures that don’t exist', () => {
  const missing = (count: number) => Array.from({ length: count }, () => randomUUID())

  test('take no rendering slot from one that does, and are remembered as missing for a moment', async () => {
    await media.keep(id, await solid(400, 300).png().toBuffer())
    const asked = missing(100)
    const answers = [...asked, id].map((each, index) => media.rendition(each, 320, 'jpg', `192.0.2.${index}`))
    expect(await answers.pop()).toMatchObject({ kind: 'rendition' })
    expect(await Promise.all(answers)).toEqual(asked.map(() => ({ kind: 'no-such-picture' })))
    await media.keep(asked[0] ?? '', await solid(40, 30).png().toBuffer())
    expect(await media.rendition(asked[0] ?? '', 320, 'jpg', reader)).toMatchObject({ kind: 'rendition' })
  })

  test('while thousands are asked for, leave the first place to others after one turn', async () => {
    await media.keep(id, await solid(400, 300).png().toBuffer())
    // A process that hasn't seen the picture yet.
    const restarted = openMedia(folder)
    const flood = missing(5_000).map((each) => restarted.rendition(each, 320, 'jpg', '203.0.113.9'))
    expect(await restarted.rendition(id, 320, 'jpg', reader)).toMatchObject({ kind: 'rendition' })
    const kinds = (await Promise.all(flood)).map(({ kind }) => kind)
    expect(new Set(kinds)).toEqual(new Set(['no-such-picture', 'busy']))
  })
})

describe('all renditions together', () => {
  // Each of them has 25 to 70 KB.
  const most = 150_000
  const kept = () => readdirSync(join(folder, 'renditions')).toSorted()
  const bytesKept = () => kept().reduce((sum, name) => sum + statSync(join(folder, 'renditions', name)).size, 0)

  test('take no more than they may: those used longest ago go, and are made again when they are asked for', async () => {
    media = openMedia(folder, { cacheBytes: most })
    const ids = Array.from({ length: 6 }, (_, index) => `019a0000-0000-7000-8000-00000000000${index}`)
    const picture = await grain(320, 240).png().toBuffer()
    for (const each of ids) {
      await media.keep(each, picture)
      await rendition(each, 320, 'jpg')
      // Asked for again and again, so it stays.
      await rendition(ids[0] ?? '', 320, 'jpg')
      expect(bytesKept()).toBeLessThanOrEqual(most)
    }
    expect(kept()).toContain(`${ids[0]}-320.jpg`)
    expect(kept()).toContain(`${ids[5]}-320.jpg`)
    expect(kept()).not.toContain(`${ids[1]}-320.jpg`)
    expect(await media.rendition(ids[1] ?? '', 320, 'jpg', reader)).toMatchObject({ kind: 'rendition' })
    expect(bytesKept()).toBeLessThanOrEqual(most)
  })

  test('count those of before the last start, and whatever a crash has left', async () => {
    await media.keep(id, await grain(320, 240).png().toBuffer())
    for (const format of pictureFormats) await rendition(id, 320, format)
    const before = bytesKept()
    media = openMedia(folder, { cacheBytes: before })
    await media.keep(other, await grain(320, 240).png().toBuffer())
    await rendition(other, 320, 'webp')
    expect(bytesKept()).toBeLessThanOrEqual(before)
    expect(kept()).toContain(`${other}-320.webp`)
  })
})
