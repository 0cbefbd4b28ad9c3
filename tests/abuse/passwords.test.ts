import { get } from 'node:http'
import { describe, expect, test } from 'vitest'
import { anyKind } from '../databases.ts'
import { attackedServer } from './attacked-server.ts'
import { from } from './from.ts'
import { runAttackers } from './run-attackers.ts'
import { budget, noticedDuring, percentile95 } from './under-attack.ts'

describe('hashing passwords for strangers', () => {
  const attacked = attackedServer(anyKind)

  test('500 sign-ins at once, each from another network: some are answered, the rest are told to come back, and readers notice nothing', async () => {
    const { server, admin } = attacked
    const slug = await admin.openStory()
    const timed = async (path: string) => {
      const asked = performance.now()
      // On a connection of its own: one that is kept may be closed just as it is used again.
      const request = get(server.url + path, { agent: false, headers: from('198.51.100.3') })
      await new Promise<void>((resolve, reject) => {
        request.on('response', (response) => response.resume().on('end', resolve).on('error', reject)).on('error', reject)
      })
      return performance.now() - asked
    }
    const readMs: number[] = []
    const healthMs: number[] = []
    const quietMs: number[] = []
    for (let turn = 0; turn < 5; turn += 1) quietMs.push(await timed(`/stories/${slug}`), await timed('/api/health'))
    const { noticed, answer } = await noticedDuring(server, admin, async () => {
      let isOver = false
      const attack = runAttackers('sign-in', server.url).finally(() => {
        isOver = true
      })
      while (!isOver) {
        readMs.push(await timed(`/stories/${slug}`))
        healthMs.push(await timed('/api/health'))
      }
      return attack
    })
    // What isn't answered from memory waits its turn with the first of them, so the slowest few say nothing.
    expect(percentile95(readMs)).toBeLessThan(budget.readMs + 3 * Math.max(...quietMs))
    expect(percentile95(healthMs)).toBeLessThan(budget.healthMs + 3 * Math.max(...quietMs))
    expect(noticed.lost).toBe(0)
    expect(noticed.memoryBytes).toBeLessThan(budget.memoryBytes)
    expect((answer.wrong ?? 0) + (answer.busy ?? 0)).toBe(500)
    expect(answer.wrong).toBeGreaterThan(50)
    expect(answer.busy).toBeGreaterThan(0)
    const { entries } = (await admin.send('GET', '/api/audit?action=sign-in-failed&limit=200')).body as { entries: unknown[] }
    expect(JSON.stringify(entries)).not.toContain('SERVER_BUSY')
  })
})
