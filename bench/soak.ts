import type { Belongings } from './belongings.ts'
import { now } from './clock.ts'
import { followedStory } from './followed-story.ts'
import { residentKilobytes } from './our-server.ts'
import { type Measured, numberOf, type Options } from './part.ts'
import { postEvenly } from './posting.ts'
import { decimal, median } from './table.ts'

// Minutes of readers who come and go, updates and pages, and whether the heap grows by it. At the end of each round there are as many
// readers as at the end of any other; then the heap is measured, after a full collection. The first half is taken for warming up; of the
// rest the slope is the median of the slopes between any two measurements.
//   npm run bench -- soak --minutes 5 --readers 500

const roundMs = 10_000
const updatesInRound = 20
const pagesPerSecond = 10
const shareThatLeaves = 0.2
const withinMs = 20_000

type Sample = { readonly at: number; readonly heap: number; readonly resident: number }

export async function soak(options: Options, own: Belongings): Promise<Measured> {
  const minutes = numberOf(options, 'minutes', 5)
  const readers = numberOf(options, 'readers', 500)
  const { server, editor, slug, load, visitors, page } = await followedStory(readers, options, own)

  const samples: Sample[] = []
  const leaving = Math.round(readers * shareThatLeaves)
  const begin = now()
  let head = 1
  let isComplete = true
  while (now() - begin < minutes * 60_000) {
    const after = head
    const reading = visitors.ask('steady', page, { 'accept-encoding': 'br, gzip' }, pagesPerSecond, roundMs * 0.8)
    const posting = postEvenly(editor, slug, updatesInRound, roundMs * 0.8)
    await load.ask('leave', 'all', leaving)
    await load.ask('connect', 'all', leaving, after)
    head = Math.max(...(await posting).map(({ seq }) => seq))
    await reading
    isComplete &&= !Number.isNaN(await load.ask('allAt', 'all', head, withinMs))
    const { memory } = await server.probe()
    samples.push({ at: now() - begin, heap: memory.heapUsed / 2 ** 20, resident: residentKilobytes(server.pid) / 1024 })
  }
  const warm = samples.filter(({ at }) => at >= (minutes * 60_000) / 2)
  const { doubled, failures } = await load.ask('report', 'all')
  return {
    tables: [
      {
        title: `A soak of ${minutes} minutes`,
        heads: [
          'readers',
          'came and left',
          'updates',
          'heap after warm-up, first → last, MB',
          'slope, MB an hour',
          'resident, first → last, MB',
          'doubled',
          'failed sockets',
        ],
        rows: [
          [
            readers,
            leaving * samples.length,
            head - 1,
            `${decimal(warm[0]?.heap ?? Number.NaN, 2)} → ${decimal(warm.at(-1)?.heap ?? Number.NaN, 2)}`,
            decimal(slope(warm)),
            `${decimal(warm[0]?.resident ?? Number.NaN)} → ${decimal(warm.at(-1)?.resident ?? Number.NaN)}`,
            doubled,
            failures,
          ],
        ],
      },
    ],
    figures: { minutes, readers, slope: slope(warm), samples, doubled, failures },
    wrong: [
      ...(isComplete ? [] : ['not all readers had all updates at the end of a round']),
      ...(doubled > 0 ? [`${doubled} deliveries were doubled`] : []),
    ],
  }
}

/** In MB an hour. */
function slope(samples: readonly Sample[]): number {
  const hour = 3_600_000
  return median(samples.flatMap((one, index) => samples.slice(index + 1).map((other) => ((other.heap - one.heap) / (other.at - one.at)) * hour)))
}
