import { createHash } from 'node:crypto'
import type { AwsClient } from 'aws4fetch'
import type { Originals } from './originals.ts'

/** A bucket of an S3-compatible service, and the key to it. `prefix` is put before the names of what is kept. */
export type BucketSettings = {
  readonly endpoint: string
  readonly region: string
  readonly bucket: string
  readonly prefix: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

export type Bucket = Originals & {
  /** Throws if the bucket can't be read, with the reason. Reads what isn't there, which takes the permission to list too. */
  check(): Promise<void>
}

/** How often a call is made that fails with 429 or a status from 500 on, the first included; a little later each time. */
const attempts = 4

/** How long, in ms, a call may take with all its attempts. */
const patience = 20_000

/**
 * The pictures in a bucket, each as one object with the name that its file would have. A call is one request, or up to four
 * if the service is in trouble; it is addressed by path, which every such service takes. What was written is durable once
 * the service says so. The client is loaded with the first call (11 KB), so that a start needs none of it.
 */
export function bucketOriginals(settings: BucketSettings): Bucket {
  const { endpoint, bucket, prefix } = settings
  let opening: Promise<AwsClient> | undefined
  const call = async (method: 'GET' | 'HEAD' | 'PUT' | 'DELETE', name: string, sent: { body: Buffer; type: string } | null): Promise<Response> => {
    opening ??= openClient(settings)
    const client = await opening
    const hash = createHash('sha256')
      .update(sent?.body ?? '')
      .digest('hex')
    // Signed with the bytes: what arrives damaged is refused.
    const headers = { 'x-amz-content-sha256': hash, ...(sent && { 'content-type': sent.type }) }
    return client.fetch(`${endpoint}/${bucket}/${prefix}${name}`, {
      method,
      headers,
      ...(sent && { body: new Uint8Array(sent.body) }),
      signal: AbortSignal.timeout(patience),
    })
  }
  const read = async (name: string): Promise<Buffer<ArrayBuffer> | null> => {
    const response = await call('GET', name, null)
    if (response.ok) return Buffer.from(await response.arrayBuffer())
    const failure = await failureOf(response)
    // A bucket that isn't there is no picture that isn't there.
    if (response.status === 404 && failure.code !== 'NoSuchBucket') return null
    throw new Error(`the bucket ${bucket} could not be read: ${failure.words}`)
  }
  return {
    read,
    async write(name, bytes, type) {
      const response = await call('PUT', name, { body: bytes, type })
      const failure = await failureOf(response)
      if (!response.ok) throw new Error(`the bucket ${bucket} could not be written to: ${failure.words}`)
    },
    async has(name) {
      // The answer to HEAD has no body, so a missing bucket looks like a missing picture here; `check` tells them apart.
      const response = await call('HEAD', name, null)
      if (response.ok || response.status === 404) return response.ok
      throw new Error(`the bucket ${bucket} could not be read: ${response.status}`)
    },
    async remove(name) {
      const response = await call('DELETE', name, null)
      const failure = await failureOf(response)
      if (!response.ok && response.status !== 404) throw new Error(`nothing could be deleted from the bucket ${bucket}: ${failure.words}`)
    },
    async check() {
      await read('staytuned-check')
    },
  }
}

async function openClient({ region, accessKeyId, secretAccessKey }: BucketSettings): Promise<AwsClient> {
  const { AwsClient } = await import('aws4fetch')
  return new AwsClient({ service: 's3', region, accessKeyId, secretAccessKey, retries: attempts - 1 })
}

/** The code that the service gives, and all that is to be said of it. Reads the answer to its end, which frees its connection. */
async function failureOf(response: Response): Promise<{ code: string | null; words: string }> {
  const text = await response.text()
  const code = /<Code>(\w+)<\/Code>/.exec(text)?.[1] ?? null
  const message = /<Message>([^<]{1,300})/.exec(text)?.[1]
  return { code, words: [String(response.status), code, message].filter(Boolean).join(' ') }
}
