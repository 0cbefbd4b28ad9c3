import { describe, expect, test } from 'vitest'
import { databaseKinds } from '../databases.ts'
import { attackedServer } from './attacked-server.ts'
import { runAttackers } from './run-attackers.ts'
import { expectUnnoticed, noticedDuring } from './under-attack.ts'

const settings = { STAYTUNED_MOST_SOCKETS: '1000', STAYTUNED_MOST_SOCKETS_OF_NETWORK: '300' }

describe.each(databaseKinds)('sockets that mean harm, on the %s database', (kind) => {
  const attacked = attackedServer(kind, { settings })

  test('twenty that ask again and again for all that was missed, and read nothing of it', async () => {
    const { server, admin } = attacked
    const slug = await admin.openStory()
    const words = 'The water is rising. '.repeat(1_000)
    for (let number = 0; number < 30; number += 1) await admin.publish(slug, words)
    const { noticed } = await noticedDuring(server, admin, () => runAttackers('catch-up', server.url, slug))
    expectUnnoticed(noticed)
  })

  test('more than one address may have, none of which follow anything, take nobody’s place and are closed', async () => {
    const { server, admin } = attacked
    const { noticed, answer } = await noticedDuring(server, admin, () => runAttackers('idle', server.url))
    expectUnnoticed(noticed)
    // Some more than that are let in while others are on their way.
    expect(answer.opened).toBeGreaterThanOrEqual(300)
    expect(answer.refused).toBeGreaterThan(0)
  })
})

// In a process of its own: what an attack takes of memory is told by the most that its process ever had.
describe.each(databaseKinds)('connections that only send, on the %s database', (kind) => {
  const attacked = attackedServer(kind, { settings })

  test.each(['pipeline', 'namespaces', 'pings'])('are cut off, and noticed by nobody else: %s', async (attack) => {
    const { server, admin } = attacked
    const { noticed, answer } = await noticedDuring(server, admin, () => runAttackers(attack, server.url))
    expectUnnoticed(noticed)
    expect(answer.closed).toBeGreaterThan(50)
  })
})
