import { ApiClient } from '../tests/api-client.ts'
import { databaseKinds } from '../tests/databases.ts'
import type { Belongings } from './belongings.ts'
import { now } from './clock.ts'
import { ownPlace, startOurs } from './our-server.ts'
import { type Measured, numberOf, type Options } from './part.ts'
import { type Posted, post } from './posting.ts'
import { decimal, quantile, quantiles } from './table.ts'

// How many updates a second get their 201 in one story, one after the other and eight at once.
//   npm run bench -- writes --writes 300

const atOnce = [1, 8]
const warmUp = 20

export async function writes(options: Options, own: Belongings): Promise<Measured> {
  const count = numberOf(options, 'writes', 300)
  const results = []
  for (const kind of databaseKinds) {
    const { settings } = await ownPlace(kind, own)
    const server = await startOurs(settings, own)
    const editor = await ApiClient.signedIn(server.url)
    const slug = await editor.openStory()
    for (let number = 0; number < warmUp; number += 1) await post(editor, slug, number)
    for (const writers of atOnce) {
      const begin = now()
      const posted = await postAtOnce(editor, slug, count, writers)
      const times = posted.map(({ sent, answered }) => answered - sent)
      results.push({ kind, writers, perSecond: (count / (now() - begin)) * 1000, times })
    }
    await server.stop()
  }
  return {
    tables: [
      {
        title: 'Writes',
        heads: ['database', 'at once', 'updates/s', '201 p50 / p99, ms'],
        rows: results.map(({ kind, writers, perSecond, times }) => [kind, writers, decimal(perSecond), quantiles(times, [0.5, 0.99])]),
      },
    ],
    figures: results.map(({ times, ...rest }) => ({ ...rest, p50: quantile(times, 0.5), p99: quantile(times, 0.99) })),
    wrong: [],
  }
}

async function postAtOnce(editor: ApiClient, slug: string, count: number, writers: number): Promise<Posted[]> {
  const posted: Posted[] = []
  let next = 0
  const write = async () => {
    while (next < count) {
      next += 1
      posted.push(await post(editor, slug, next))
    }
  }
  await Promise.all(Array.from({ length: writers }, write))
  return posted
}
