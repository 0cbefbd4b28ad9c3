import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { addedPicture } from '#lib/story/new-picture.ts'
import { ApiClient } from '../api-client.ts'
import { anyKind } from '../databases.ts'
import { solid } from '../media/a-picture.ts'
import { startS3Server } from '../media/s3-server.ts'
import { ownSettings } from '../own-settings.ts'
import { failToStart, startServer } from '../running-server.ts'

async function openSettings() {
  const { settings, data, drop } = await ownSettings(anyKind)
  onTestFinished(drop)
  return { own: settings, data }
}

async function upload(client: ApiClient): Promise<{ status: number; body: unknown }> {
  const form = new FormData()
  form.append('file', new File([new Uint8Array(await solid(400, 300).jpeg().toBuffer())], 'quay.jpg'))
  const response = await fetch(`${client.url}/api/media`, { method: 'POST', body: form, headers: { cookie: client.cookie } })
  return { status: response.status, body: await response.json() }
}

test('with a bucket the pictures go there, and come from there to readers', async () => {
  const s3 = await startS3Server()
  onTestFinished(() => s3.stop())
  const { endpoint, region, bucket, accessKeyId, secretAccessKey } = s3.settings
  const settings = {
    STAYTUNED_S3_ENDPOINT: `${endpoint}/`,
    STAYTUNED_S3_REGION: region,
    STAYTUNED_S3_BUCKET: bucket,
    STAYTUNED_S3_PREFIX: 'news',
    STAYTUNED_S3_ACCESS_KEY_ID: accessKeyId,
    STAYTUNED_S3_SECRET_ACCESS_KEY: secretAccessKey,
  }
  const { own, data } = await openSettings()
  const server = await startServer({ ...own, ...settings })
  onTestFinished(() => server.kill())
  await expect.poll(() => s3.requests).toEqual(['GET news/staytuned-check'])
  const sent = await upload(await ApiClient.signedIn(server.url))
  expect(sent.status).toBe(201)
  const { id, src } = addedPicture.parse(sent.body)
  expect([...s3.objects.keys()]).toEqual([`news/${id}.jpg`])
  expect(existsSync(join(data, 'media', `${id}.jpg`))).toBe(false)
  expect((await fetch(`${server.url}${src}/320.webp`)).headers.get('content-type')).toBe('image/webp')

  // Without it nothing is kept, and nothing says that it is.
  s3.trouble.push(...Array<number>(4).fill(503))
  expect(await upload(await ApiClient.signedIn(server.url))).toMatchObject({ status: 500, body: { type: 'urn:staytuned:problem:failed' } })
  expect(s3.objects.size).toBe(1)
  expect(server.output()).toContain('could not be written to: 503 SlowDown')
  expect((await fetch(`${server.url}${src}/320.webp`)).status).toBe(200)
})

test('a bucket that can’t be used is told of at the start, which goes on', async () => {
  const s3 = await startS3Server()
  onTestFinished(() => s3.stop())
  const { endpoint, region, bucket } = s3.settings
  const { own } = await openSettings()
  const server = await startServer({
    ...own,
    STAYTUNED_S3_ENDPOINT: endpoint,
    STAYTUNED_S3_REGION: region,
    STAYTUNED_S3_BUCKET: bucket,
    STAYTUNED_S3_ACCESS_KEY_ID: 'ANOTHER',
    STAYTUNED_S3_SECRET_ACCESS_KEY: 'x',
  })
  onTestFinished(() => server.kill())
  await expect.poll(() => server.output()).toContain('403 InvalidAccessKeyId')
  expect(server.output()).toContain('STAYTUNED_S3_BUCKET')
  expect((await fetch(`${server.url}/api/health`)).status).toBe(200)
})

test('half a bucket’s settings, or wrong ones, stop the start with their names', async () => {
  const half = await failToStart({ STAYTUNED_S3_BUCKET: 'pictures', STAYTUNED_S3_ACCESS_KEY_ID: 'a' })
  expect(half).toContain('STAYTUNED_S3_REGION must be set too')
  expect(half).toContain('STAYTUNED_S3_SECRET_ACCESS_KEY must be set too')
  expect(half).not.toContain('STAYTUNED_S3_BUCKET must')
  expect(await failToStart({ STAYTUNED_S3_PREFIX: 'news' })).toContain('STAYTUNED_S3_BUCKET must be set too')
  const wrong = await failToStart({
    STAYTUNED_S3_ENDPOINT: 's3.example.org',
    STAYTUNED_S3_BUCKET: 'My Bucket',
    STAYTUNED_S3_PREFIX: '../up',
    STAYTUNED_S3_REGION: 'a b',
  })
  for (const said of [
    'ENDPOINT must be the http or https address',
    'BUCKET must be the name of a bucket',
    'PREFIX must be letters',
    'REGION must be the name',
  ]) {
    expect(wrong).toContain(`STAYTUNED_S3_${said}`)
  }
})
