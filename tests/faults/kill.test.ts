import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { ApiClient } from '../api-client.ts'
import { databaseKinds, makeServerDatabase, putDatabaseInto } from '../databases.ts'
import { effort } from '../effort.ts'
import { startServer } from '../running-server.ts'
import { faultSeed, randomFrom } from '../seeded-random.ts'

const rounds = effort(2, 200)
const writers = 4
type Acknowledged = { readonly key: string; readonly id: string; readonly seq: number }
type View = { head: number }
type CatchUp = { events: { seq: number; type: string; update?: { id: string } }[] }

describe.each(databaseKinds)('on the %s database', (kind) => {
  test(`what was answered with 201 survives kill -9 of the server in the middle of writes, ${rounds} times (FAULT_SEED=${faultSeed})`, async () => {
    const random = randomFrom(faultSeed)
    const data = mkdtempSync(join(tmpdir(), 'staytuned-'))
    const settings: Record<string, string> = { STAYTUNED_DATA: data, STAYTUNED_SECRET: 'a secret that is the same in every round' }
    const database = kind === 'server' ? await makeServerDatabase() : null
    if (database) settings.DATABASE_URL = database.url
    else await putDatabaseInto(data)
    onTestFinished(async () => {
      await database?.drop()
      rmSync(data, { recursive: true, force: true })
    })

    const acknowledged: Acknowledged[] = []
    /** Sent and never answered: whether they were written, only the log knows. */
    const unanswered: string[] = []
    let slug = ''

    for (let round = 1; round <= rounds; round += 1) {
      const server = await startServer(settings)
      const editor = await ApiClient.signedIn(server.url)
      if (round === 1) slug = await editor.openStory()

      // What the crash left unanswered is sent again with its key, as a good client would.
      for (const key of unanswered.splice(0)) acknowledged.push(await publish(editor, slug, key))

      const killAfter = 1 + Math.floor(random() * 30)
      let answered = 0
      let isKilled = false
      const write = async (writer: number) => {
        for (let number = 0; !isKilled; number += 1) {
          const key = `${round}-${writer}-${number}`
          try {
            acknowledged.push(await publish(editor, slug, key))
          } catch (error) {
            // The connection broke under it. Anything else is a real failure.
            if (!(error instanceof TypeError)) throw error
            unanswered.push(key)
            return
          }
          answered += 1
          if (answered === killAfter) {
            isKilled = true
            await server.kill()
          }
        }
      }
      await Promise.all(Array.from({ length: writers }, (_, writer) => write(writer)))
      await server.kill()
    }

    const server = await startServer(settings)
    onTestFinished(() => server.kill())
    const editor = await ApiClient.signedIn(server.url)
    for (const key of unanswered.splice(0)) acknowledged.push(await publish(editor, slug, key))

    const { head } = (await editor.send('GET', `/api/stories/${slug}`)).body as View
    const logged: CatchUp['events'] = []
    while (logged.length < head) {
      // A catch-up is bounded, so the log is read from its end in pieces that fit, as an archive would.
      const page = (await editor.send('GET', `/api/stories/${slug}/updates?limit=100${logged.length === 0 ? '' : `&before=${logged[0]?.seq}`}`))
        .body as {
        updates: { id: string; seq: number }[]
        next: string | null
      }
      logged.unshift(...page.updates.toReversed().map(({ id, seq }) => ({ seq, type: 'update.published', update: { id } })))
      if (page.next === null) break
    }
    expect(logged.map((event) => event.seq)).toEqual(Array.from({ length: head - 1 }, (_, index) => index + 2))
    const idAt = new Map(logged.map((event) => [event.seq, event.update?.id]))
    expect(acknowledged.length).toBeGreaterThan(rounds * 5)
    for (const { id, seq, key } of acknowledged) expect(idAt.get(seq), `${key} was answered with 201 as number ${seq}`).toBe(id)
    expect(new Set(acknowledged.map(({ id }) => id)).size).toBe(acknowledged.length)
    expect(logged.length).toBe(acknowledged.length)
    console.log(`${kind}: ${rounds} kills, ${acknowledged.length} acknowledged updates, all there, once, in order`)
  }, 3_600_000)
})

async function publish(editor: ApiClient, slug: string, key: string): Promise<Acknowledged> {
  const answer = await editor.publish(slug, `Update ${key}`, {}, key)
  if (answer.status !== 201) throw new Error(`${key} was answered with ${answer.status}: ${JSON.stringify(answer.body)}`)
  const { id, seq } = answer.body as { id: string; seq: number }
  return { key, id, seq }
}
