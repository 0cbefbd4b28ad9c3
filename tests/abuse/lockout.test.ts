import { describe, expect, test } from 'vitest'
import { ApiClient } from '../api-client.ts'
import { anyKind } from '../databases.ts'
import { admin } from '../running-server.ts'
import { attackedServer } from './attacked-server.ts'
import { from } from './from.ts'

describe('locking somebody out', () => {
  const attacked = attackedServer(anyKind)

  const signIn = async (address: string, person: { email: string; password: string }) =>
    (await new ApiClient(attacked.server.url).send('POST', '/api/auth/sign-in/email', person, from(address))).status

  test('from 50 networks works for strangers alone: the owner gets in from a network that they have signed in from', async () => {
    const home = '2001:db8:1:1::1'
    const attackers = Array.from({ length: 50 }, (_, network) => `203.0.113.${network + 1}`)
    expect(await signIn(home, admin)).toBe(200)

    // The attacker has an account of their own, and signs in to it where they attack from.
    const { server, admin: boss } = attacked
    const { link } = (await boss.send('POST', '/api/invitations', { email: 'eve@example.org', role: 'guest' })).body as { link: string }
    const eve = { email: 'eve@example.org', password: 'a-password-of-eve' }
    await new ApiClient(server.url).send('POST', '/api/invitations/accept', {
      token: link.split('/').at(-1),
      name: 'Eve',
      password: eve.password,
    })
    expect(await signIn('203.0.113.1', eve)).toBe(200)

    const statuses: number[] = []
    for (const address of attackers) {
      for (let tries = 0; tries < 3; tries += 1) statuses.push(await signIn(address, { ...admin, password: 'a-guess-that-is-wrong' }))
    }
    expect(statuses.slice(0, 99)).toEqual(Array(99).fill(401))
    expect(statuses.slice(-40)).toEqual(Array(40).fill(429))

    // With the right password, from where it isn't known, where the attacker is known, and from other addresses of the owner's network.
    expect(await signIn('198.51.100.7', admin)).toBe(429)
    expect(await signIn('203.0.113.1', admin)).toBe(429)
    expect(await signIn('2001:db8:1:1::2', admin)).toBe(200)
    // The owner's success is no new allowance for the attacker.
    expect(await signIn('203.0.113.2', { ...admin, password: 'another-guess' })).toBe(429)
    expect(await signIn('2001:db8:1:1::3', { ...admin, password: 'a-slip-of-the-hand' })).toBe(401)
    expect(await signIn(home, admin)).toBe(200)
  })
})
