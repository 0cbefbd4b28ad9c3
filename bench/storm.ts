import { ApiClient } from '../tests/api-client.ts'
import type { Belongings } from './belongings.ts'
import { startChild } from './child.ts'
import { databaseOf, ownPlace, startOurs } from './our-server.ts'
import { type Measured, numberOf, type Options } from './part.ts'
import { postEvenly } from './posting.ts'
import type { ReadersProcess } from './processes/readers.ts'
import { decimal, quantiles } from './table.ts'

// A phone network at its worst: every reader drops every 15 s for 2 s, each from a moment of its own, while updates are posted. A reader
// keeps its number and follows from there; what comes while it joins may come twice, and is dropped, as pages do. Each must in the end have
// had each update once and in order.
//   npm run bench -- storm --readers 2000 --updates 120 --seconds 60

const [everyMs, awayMs] = [15_000, 2_000]
const withinMs = 30_000

export async function storm(options: Options, own: Belongings): Promise<Measured> {
  const readers = numberOf(options, 'readers', 2_000)
  const updates = numberOf(options, 'updates', 120)
  const overMs = numberOf(options, 'seconds', 60) * 1000
  const { settings } = await ownPlace(databaseOf(options), own)
  const server = await startOurs(settings, own)
  const editor = await ApiClient.signedIn(server.url)
  const slug = await editor.openStory()
  const load = startChild<ReadersProcess>('readers', own)
  await load.ask('gather', 'all', { url: server.url, by: 'staytuned', room: slug })
  if (!(await load.ask('connect', 'all', readers, 1))) throw new Error(`not all of ${readers} readers could follow`)

  const before = await server.probe()
  const churning = load.ask('churn', 'all', everyMs, awayMs, overMs)
  const posted = await postEvenly(editor, slug, updates, overMs)
  const drops = await churning
  const last = Math.max(...posted.map(({ seq }) => seq))
  await load.ask('allAt', 'all', last, withinMs)
  const { at, delivered, doubled, gaps, overlaps, failures } = await load.ask('report', 'all')
  const { queries } = await server.probe()
  const count = (of: Readonly<Record<string, number>>) => Object.values(of).reduce((sum, times) => sum + times, 0)

  const share = (100 * delivered) / (readers * updates)
  const lost = at.reduce((sum, reached) => sum + (last - reached), 0)
  const asked = count(queries) - count(before.queries)
  const tooMany = doubled + Math.max(0, delivered - readers * updates)
  return {
    tables: [
      {
        title: 'Catch-up storm',
        heads: [
          'readers',
          'updates',
          'drops',
          'delivered, %',
          'lost / doubled',
          'came again while joining',
          'gaps, asked for',
          'failed sockets',
          '201, p50 / p99, ms',
          'queries',
        ],
        rows: [
          [
            readers,
            updates,
            drops,
            decimal(share, 3),
            `${lost} / ${tooMany}`,
            overlaps,
            gaps,
            failures,
            quantiles(
              posted.map(({ sent, answered }) => answered - sent),
              [0.5, 0.99],
            ),
            // The embedded database is asked in another way.
            settings.DATABASE_URL ? asked : '–',
          ],
        ],
      },
    ],
    figures: { readers, updates, drops, share, lost, doubled: tooMany, overlaps, gaps, failures, queries: asked },
    wrong:
      lost + tooMany > 0 || delivered !== readers * updates ? [`of ${readers * updates} deliveries ${lost} were lost and ${tooMany} doubled`] : [],
  }
}
