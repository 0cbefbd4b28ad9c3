import { randomUUID } from 'node:crypto'
import { admin } from './running-server.ts'

export type Answer = { readonly status: number; readonly headers: Headers; readonly body: unknown }

/** A program that uses the HTTP API with the session of one person, or of nobody. */
export class ApiClient {
  #cookie = ''

  constructor(readonly url: string) {}

  static async signedIn(url: string, person: { email: string; password: string } = admin): Promise<ApiClient> {
    const client = new ApiClient(url)
    const answer = await client.signIn(person)
    if (answer.status !== 200) throw new Error(`could not sign in: ${answer.status} ${JSON.stringify(answer.body)}`)
    return client
  }

  signIn({ email, password }: { email: string; password: string }): Promise<Answer> {
    return this.enter('/api/auth/sign-in/email', { email, password })
  }

  /** A call that sets cookies, which are sent from then on. */
  async enter(path: string, body: unknown): Promise<Answer> {
    const answer = await this.send('POST', path, body)
    this.#cookie = answer.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0])
      .join('; ')
    return answer
  }

  get cookie(): string {
    return this.#cookie
  }

  async send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const response = await fetch(this.url + path, {
      method,
      headers: {
        ...(this.#cookie ? { cookie: this.#cookie } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    return {
      status: response.status,
      headers: response.headers,
      body: /\bjson\b/.test(response.headers.get('content-type') ?? '') ? JSON.parse(text) : text,
    }
  }

  async openStory(fields: Record<string, unknown> = {}): Promise<string> {
    const slug = `story-${randomUUID().slice(0, 8)}`
    const answer = await this.send('POST', '/api/stories', { headline: 'A bridge is closed', slug, ...fields })
    if (answer.status !== 201) throw new Error(`could not open a story: ${answer.status} ${JSON.stringify(answer.body)}`)
    return slug
  }

  /** Sends a picture. */
  async upload(file: Buffer, headers: Record<string, string> = {}): Promise<Answer> {
    const form = new FormData()
    form.append('file', new Blob([new Uint8Array(file)]), 'picture.jpg')
    const response = await fetch(`${this.url}/api/media`, {
      method: 'POST',
      body: form,
      headers: { ...(this.#cookie ? { cookie: this.#cookie } : {}), ...headers },
    })
    return { status: response.status, headers: response.headers, body: await response.json() }
  }

  publish(slug: string, body: string, fields: Record<string, unknown> = {}, key: string = randomUUID()): Promise<Answer> {
    return this.send('POST', `/api/stories/${slug}/updates`, { body, ...fields }, { 'idempotency-key': key })
  }
}
