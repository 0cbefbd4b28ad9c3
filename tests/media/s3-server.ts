import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { BucketSettings } from '#lib/media/bucket-originals.ts'

export type S3Server = {
  readonly settings: BucketSettings
  /** What is in the bucket, by key. */
  readonly objects: Map<string, { readonly bytes: Buffer; readonly type: string | undefined }>
  /** The method and the key of each request that came. */
  readonly requests: string[]
  /** The statuses that the next requests are answered with, whatever they ask for. */
  readonly trouble: number[]
  /** How many requests it has worked on at the same time, at the most. */
  mostAtOnce(): number
  stop(): Promise<void>
}

/**
 * A server that speaks of S3 what a bucket needs: an object put and got, by path. It checks what such a service checks: the
 * signature (AWS Signature Version 4, worked out here anew from what came), its age, that the body is the one that was
 * signed, the key and the bucket; and answers as it would.
 */
export async function startS3Server(wanted: Partial<BucketSettings> = {}): Promise<S3Server> {
  const objects: S3Server['objects'] = new Map()
  const requests: string[] = []
  const trouble: number[] = []
  let [working, mostAtOnce] = [0, 0]
  const server = createServer((request, response) => {
    working += 1
    mostAtOnce = Math.max(mostAtOnce, working)
    response.on('close', () => {
      working -= 1
    })
    void answer(request).then(([status, body, type]) => send(response, status, body, type))
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const settings = { endpoint, region: 'eu-central-1', bucket: 'pictures', prefix: '', accessKeyId: 'AKEY', secretAccessKey: 'a secret', ...wanted }

  async function answer(request: IncomingMessage): Promise<[status: number, body: Buffer | string, type?: string | undefined]> {
    const body = await bodyOf(request)
    const [, bucket, key = ''] = /^\/([^/?]+)\/([^?]*)$/.exec(request.url ?? '') ?? []
    requests.push(`${request.method} ${key}`)
    const troubled = trouble.shift()
    if (troubled !== undefined) return [troubled, refusal('SlowDown')]
    const wrong = wrongWith(request, body, settings)
    if (wrong !== null) return [403, refusal(wrong)]
    if (bucket !== settings.bucket) return [404, refusal('NoSuchBucket')]
    if (request.method === 'PUT') {
      objects.set(key, { bytes: body, type: request.headers['content-type'] })
      return [200, '']
    }
    const found = objects.get(key)
    return found ? [200, found.bytes, found.type] : [404, refusal('NoSuchKey')]
  }

  return {
    settings,
    objects,
    requests,
    trouble,
    mostAtOnce: () => mostAtOnce,
    stop: () =>
      new Promise((stopped) => {
        server.close(() => stopped())
        server.closeAllConnections()
      }),
  }
}

const fifteenMinutes = 15 * 60_000

function wrongWith(request: IncomingMessage, body: Buffer, { region, accessKeyId, secretAccessKey }: BucketSettings): string | null {
  const [, credential = '', signedHeaders = '', signature = ''] =
    /^AWS4-HMAC-SHA256 Credential=([^,]+), SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(request.headers.authorization ?? '') ?? []
  const [id, day = '', ...scope] = credential.split('/')
  if (id !== accessKeyId) return 'InvalidAccessKeyId'
  const time = String(request.headers['x-amz-date'])
  const at = Date.parse(time.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'))
  if (!(Math.abs(Date.now() - at) < fifteenMinutes) || !time.startsWith(day)) return 'RequestTimeTooSkewed'
  if (scope.join('/') !== `${region}/s3/aws4_request`) return 'AuthorizationHeaderMalformed'
  const names = signedHeaders.split(';')
  if (!['host', 'x-amz-content-sha256', 'x-amz-date'].every((name) => names.includes(name))) return 'AccessDenied'

  const hash = String(request.headers['x-amz-content-sha256'])
  if (hash !== sha256(body)) return 'XAmzContentSHA256Mismatch'
  const lines = names.map((name) => `${name}:${String(request.headers[name]).trim()}\n`).join('')
  const canonical = [request.method, request.url, '', lines, signedHeaders, hash].join('\n')
  const toSign = ['AWS4-HMAC-SHA256', time, [day, ...scope].join('/'), sha256(canonical)].join('\n')
  const key = [day, ...scope].reduce<Buffer>((secret, part) => hmac(secret, part), Buffer.from(`AWS4${secretAccessKey}`))
  return timingSafeEqual(hmac(key, toSign), Buffer.from(signature, 'hex')) ? null : 'SignatureDoesNotMatch'
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

function send(response: ServerResponse, status: number, body: Buffer | string, type = 'application/xml'): void {
  response.writeHead(status, { 'content-type': type }).end(body)
}

function refusal(code: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>It is refused.</Message></Error>`
}

function sha256(of: Buffer | string): string {
  return createHash('sha256').update(of).digest('hex')
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}
