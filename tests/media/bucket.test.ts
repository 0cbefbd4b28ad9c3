import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { type BucketSettings, bucketOriginals } from '#lib/media/bucket-originals.ts'
import { openMedia } from '#lib/media/media.ts'
import { temporaryFolder } from '../store/temporary-folder.ts'
import { solid } from './a-picture.ts'
import { type S3Server, startS3Server } from './s3-server.ts'

const id = '019a0000-0000-7000-8000-000000000001'
const reader = '192.0.2.1'

let server: S3Server

async function start(settings: Partial<BucketSettings> = {}): Promise<void> {
  server = await startS3Server(settings)
  onTestFinished(() => server.stop())
}

describe('a bucket', () => {
  beforeEach(() => start())

  test('keeps what is written to it, and gives it back as it was', async () => {
    const bucket = bucketOriginals(server.settings)
    const bytes = Buffer.from([0, 255, 10, 13, 0])
    await bucket.write('a.jpg', bytes, 'image/jpeg')
    expect(server.objects.get('a.jpg')).toEqual({ bytes, type: 'image/jpeg' })
    expect(await bucket.read('a.jpg')).toEqual(bytes)
    expect(await bucket.read('b.jpg')).toBeNull()
    expect([await bucket.has('a.jpg'), await bucket.has('b.jpg')]).toEqual([true, false])
    await bucket.write('a.jpg', Buffer.alloc(5_000_000, 7), 'image/jpeg')
    expect((await bucket.read('a.jpg'))?.length).toBe(5_000_000)
    await bucket.check()
  })

  test('may be in trouble for a moment', async () => {
    const bucket = bucketOriginals(server.settings)
    server.trouble.push(503, 500, 429)
    await bucket.write('a.jpg', Buffer.from('a'), 'image/jpeg')
    server.trouble.push(503)
    expect(await bucket.read('a.jpg')).toEqual(Buffer.from('a'))
    server.trouble.push(503, 503, 503, 503)
    await expect(bucket.read('a.jpg')).rejects.toThrow('could not be read: 503 SlowDown')
  })

  test.each<[string, Partial<BucketSettings>, string]>([
    ['whose key isn’t known', { accessKeyId: 'ANOTHER' }, '403 InvalidAccessKeyId'],
    ['whose secret is another', { secretAccessKey: 'a guess' }, '403 SignatureDoesNotMatch'],
    ['of another region', { region: 'us-east-1' }, '403 AuthorizationHeaderMalformed'],
    ['that isn’t there', { bucket: 'another' }, '404 NoSuchBucket'],
  ])('%s is read and written by nobody, and says why', async (_, wrong, words) => {
    const bucket = bucketOriginals({ ...server.settings, ...wrong })
    await expect(bucket.check()).rejects.toThrow(words)
    await expect(bucket.read('a.jpg')).rejects.toThrow(words)
    await expect(bucket.write('a.jpg', Buffer.from('a'), 'image/jpeg')).rejects.toThrow(words)
    expect(server.objects.size).toBe(0)
  })

  test('that nobody answers for is an error', async () => {
    const bucket = bucketOriginals({ ...server.settings, endpoint: 'http://127.0.0.1:9' })
    await expect(bucket.read('a.jpg')).rejects.toThrow()
    await expect(bucket.has('a.jpg')).rejects.toThrow()
  })
})

test('pictures that are kept in a bucket are nowhere else, and readers get their renditions', async () => {
  await start({ prefix: 'news/pictures/' })
  const folder = join(temporaryFolder(), 'media')
  const media = openMedia(folder, { originals: bucketOriginals(server.settings) })
  expect(server.requests).toEqual([])
  expect(await media.keep(id, await solid(400, 300).png().toBuffer())).toMatchObject({ kind: 'kept', type: 'image/png' })
  expect(server.objects.get(`news/pictures/${id}.png`)).toMatchObject({ type: 'image/png' })
  expect(existsSync(join(folder, `${id}.png`))).toBe(false)
  expect(await media.rendition(id, 320, 'webp', reader)).toMatchObject({ kind: 'rendition' })
  // From then on it is read from the folder.
  const asked = server.requests.length
  expect(await media.rendition(id, 320, 'webp', reader)).toMatchObject({ kind: 'rendition' })
  expect(server.requests).toHaveLength(asked)
  expect(await media.rendition('019a0000-0000-7000-8000-000000000009', 320, 'webp', reader)).toEqual({ kind: 'no-such-picture' })
  // Made from what is in the bucket, by a process that has none of it yet.
  const other = openMedia(join(temporaryFolder(), 'media'), { originals: bucketOriginals(server.settings) })
  expect(await other.rendition(id, 320, 'jpg', reader)).toMatchObject({ kind: 'rendition' })
})

test('a bucket is asked for few missing pictures at once, and not again for a moment', async () => {
  await start()
  const media = openMedia(join(temporaryFolder(), 'media'), { originals: bucketOriginals(server.settings) })
  const asked = Array.from({ length: 60 }, () => randomUUID())
  const ask = () => Promise.all(asked.map((each) => media.rendition(each, 320, 'webp', reader)))
  expect(await ask()).toEqual(asked.map(() => ({ kind: 'no-such-picture' })))
  // Each has one of three names.
  expect(server.requests.toSorted()).toEqual(asked.flatMap((each) => ['jpg', 'png', 'webp'].map((end) => `HEAD ${each}.${end}`)).toSorted())
  expect(server.mostAtOnce()).toBeLessThanOrEqual(16)
  await ask()
  expect(server.requests).toHaveLength(180)
})
