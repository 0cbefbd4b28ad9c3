import { describe, expect, test } from 'vitest'
import { ApiClient } from '../api-client.ts'
import { anyKind } from '../databases.ts'
import { admin } from '../running-server.ts'
import { attackedServer } from './attacked-server.ts'
import { from } from './from.ts'

type Entry = { actor: { name: string }; subject: { label: string }; detail: { method: string; count: number; lastAt?: string; address: string } }

/** What a device would send that has made sure who holds it, but for a signature that counts. */
const forged = {
  response: {
    id: 'x'.repeat(20),
    rawId: 'x'.repeat(20),
    type: 'public-key',
    name: 'The publisher',
    email: 'publisher@example.org',
    response: { authenticatorData: Buffer.alloc(37, 0x05).toString('base64url'), clientDataJSON: 'e30', signature: 'AAAA' },
  },
}

describe('failures in the audit log', () => {
  const attacked = attackedServer(anyKind)

  test('2,000 forged passkeys and 2,000 wrong passwords from one network are a few entries, with their number and the time of the last', async () => {
    const { server, admin: boss } = attacked
    const stranger = new ApiClient(server.url)
    const send = (path: string, body: unknown) => stranger.send('POST', path, body, from('203.0.113.9'))
    const passkey = () => send('/api/auth/passkey/verify-authentication', forged)
    const password = (email: string) => send('/api/auth/sign-in/email', { email, password: 'a-guess-that-is-wrong' })

    for (let turn = 0; turn < 3; turn += 1) await password(admin.email)
    for (let turn = 0; turn < 200; turn += 1) {
      await Promise.all(Array.from({ length: 10 }, passkey))
      await Promise.all(Array.from({ length: 10 }, (_, number) => password(`${'x'.repeat(200)}-${turn}-${number}@example.org`)))
    }

    const { entries } = (await boss.send('GET', '/api/audit?action=sign-in-failed&limit=200')).body as { entries: Entry[] }
    expect(entries.length).toBeLessThan(20)
    const ofAdmin = entries.find(({ subject }) => subject.label === 'Admin')
    expect(ofAdmin).toMatchObject({ actor: { name: admin.email }, detail: { method: 'password', count: 3, address: '203.0.113.9' } })
    expect(Date.parse(ofAdmin?.detail.lastAt ?? '')).toBeGreaterThan(0)
    const ofNobody = entries.filter(({ actor }) => actor.name === 'Somebody unknown')
    const countOf = (method: string) => ofNobody.filter(({ detail }) => detail.method === method).reduce((sum, { detail }) => sum + detail.count, 0)
    // All that the limits let through: 60 passwords, 3 of them at a real account, and 300 steps with a passkey.
    expect([countOf('password'), countOf('passkey')]).toEqual([57, 300])
    expect(JSON.stringify(entries)).not.toMatch(/xxxx|publisher/i)
  })
})
