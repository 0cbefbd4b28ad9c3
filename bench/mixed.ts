import type { Belongings } from './belongings.ts'
import { pause } from './clock.ts'
import { followedStory } from './followed-story.ts'
import { type Measured, numberOf, type Options } from './part.ts'
import { postEvenly } from './posting.ts'
import { decimal, quantile, quantiles } from './table.ts'

// All at once in one process: readers follow, five updates a second are posted, fifty pages a second are read.
//
// From outside, the commit lies somewhere between the request and its 201. The time to each reader is told from both: from the 201 it is
// too short by as long as the answer takes, from the request too long by the transaction. A delivery that comes before its 201 counts as 0.
//   npm run bench -- mixed --readers 1000 --seconds 30

const updatesPerSecond = 5
const pagesPerSecond = 50
const warmUpMs = 5_000
const withinMs = 20_000

export async function mixed(options: Options, own: Belongings): Promise<Measured> {
  const readers = numberOf(options, 'readers', 1_000)
  const seconds = numberOf(options, 'seconds', 30)
  const { editor, slug, load, visitors, page } = await followedStory(readers, options, own)
  const headers = { 'accept-encoding': 'br, gzip', accept: 'text/html' }
  await visitors.ask('steady', page, headers, pagesPerSecond, warmUpMs)
  await pause(1_000)

  const reading = visitors.ask('steady', page, headers, pagesPerSecond, seconds * 1000)
  const posted = await postEvenly(editor, slug, updatesPerSecond * seconds, seconds * 1000)
  const pages = await reading
  const delays = await Promise.all(
    posted.map(async ({ seq, sent, answered }) => {
      const moments = await load.ask('arrivals', 'all', seq, withinMs)
      return { fromAnswer: [...moments].map((moment) => Math.max(0, moment - answered)), fromRequest: [...moments].map((moment) => moment - sent) }
    }),
  )
  const fromAnswer = delays.flatMap((one) => one.fromAnswer)
  const fromRequest = delays.flatMap((one) => one.fromRequest)
  const { at, doubled, gaps } = await load.ask('report', 'all')
  const lost = at.reduce((sum, reached) => sum + (posted.length + 1 - reached), 0)
  return {
    tables: [
      {
        title: `${readers} readers, ${updatesPerSecond} updates and ${pagesPerSecond} pages a second (ms)`,
        heads: ['201 → each p50 / p99', 'request → each p50 / p99', 'request → 201 p50 / p99', 'page p50 / p99', 'pages/s', 'lost / doubled / gaps'],
        rows: [
          [
            quantiles(fromAnswer, [0.5, 0.99]),
            quantiles(fromRequest, [0.5, 0.99]),
            quantiles(
              posted.map(({ sent, answered }) => answered - sent),
              [0.5, 0.99],
            ),
            `${decimal(pages.p50)} / ${decimal(pages.p99)}`,
            decimal(pages.count / seconds),
            `${lost} / ${doubled} / ${gaps}`,
          ],
        ],
      },
    ],
    figures: {
      readers,
      seconds,
      fromAnswer: { p50: quantile(fromAnswer, 0.5), p99: quantile(fromAnswer, 0.99) },
      fromRequest: { p50: quantile(fromRequest, 0.5), p99: quantile(fromRequest, 0.99) },
      pages,
      lost,
      doubled,
    },
    wrong: [
      ...(lost + doubled > 0 ? [`${lost} deliveries were lost and ${doubled} doubled`] : []),
      ...(pages.failed > 0 ? [`${pages.failed} pages were not answered with 200`] : []),
    ],
  }
}
