import type { Belongings } from './belongings.ts'
import { now } from './clock.ts'
import { followedStory } from './followed-story.ts'
import type { HeapKinds } from './heap-kinds.ts'
import { residentKilobytes } from './our-server.ts'
import { type Measured, numberOf, type Options } from './part.ts'
import { postEvenly } from './posting.ts'
import { decimal, median } from './table.ts'

// Minutes of readers who come and go, updates and pages, and whether the heap grows by it. At the end of each round there are as many
// readers as at the end of any other; then the heap is measured, after a full collection. After some minutes of warming up the slope is
// the median of the slopes between any two measurements. V8 goes on for long to compile what is used most, so two snapshots, one at
// either end, say how much of the heap's growth that is, and how much is anything that the program holds.
//   npm run bench -- soak --warm 5 --minutes 5 --readers 500

const roundMs = 10_000
const updatesInRound = 20
const pagesPerSecond = 10
const shareThatLeaves = 0.2
const withinMs = 20_000

type Sample = { readonly at: number; readonly heap: number; readonly resident: number }

export async function soak(options: Options, own: Belongings): Promise<Measured> {
  const warmMs = numberOf(options, 'warm', 5) * 60_000
  const minutes = numberOf(options, 'minutes', 5)
  const readers = numberOf(options, 'readers', 500)
  const { server, editor, slug, load, visitors, page } = await followedStory(readers, options, own)

  const samples: Sample[] = []
  const leaving = Math.round(readers * shareThatLeaves)
  const begin = now()
  let head = 1
  let isComplete = true
  let warm: { readonly at: number; readonly kinds: HeapKinds } | null = null
  while (now() - begin < warmMs + minutes * 60_000) {
    if (!warm && now() - begin >= warmMs) warm = { kinds: await server.heapKinds(), at: now() }
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
  if (!warm) throw new Error('a soak needs a minute at least after it has become warm')
  const seconds = (now() - warm.at) / 1000
  const kinds = await server.heapKinds()
  const grown = { compiled: kinds.compiled - warm.kinds.compiled, data: kinds.data - warm.kinds.data }
  const measured = samples.filter(({ at }) => at >= warmMs)
  const { doubled, failures } = await load.ask('report', 'all')
  return {
    tables: [
      {
        title: `A soak of ${minutes} minutes, after ${warmMs / 60_000} of warming up`,
        heads: [
          'readers',
          'came and left',
          'updates',
          'heap, first → last, MB',
          'slope, MB an hour',
          'of which compiled code',
          'and what the program holds',
          'resident, first → last, MB',
          'doubled',
          'failed sockets',
        ],
        rows: [
          [
            readers,
            leaving * samples.length,
            head - 1,
            `${decimal(measured[0]?.heap ?? Number.NaN, 2)} → ${decimal(measured.at(-1)?.heap ?? Number.NaN, 2)}`,
            decimal(slope(measured)),
            decimal(anHour(grown.compiled, seconds)),
            decimal(anHour(grown.data, seconds)),
            `${decimal(measured[0]?.resident ?? Number.NaN)} → ${decimal(measured.at(-1)?.resident ?? Number.NaN)}`,
            doubled,
            failures,
          ],
        ],
      },
    ],
    figures: { minutes, readers, slope: slope(measured), grown, seconds, samples, doubled, failures },
    wrong: [
      ...(isComplete ? [] : ['not all readers had all updates at the end of a round']),
      ...(doubled > 0 ? [`${doubled} deliveries were doubled`] : []),
    ],
  }
}

/** In MB an hour, of so many bytes in so many seconds. */
function anHour(bytes: number, seconds: number): number {
  return ((bytes / 2 ** 20) * 3600) / seconds
}

/** In MB an hour. */
function slope(samples: readonly Sample[]): number {
  const hour = 3_600_000
  return median(samples.flatMap((one, index) => samples.slice(index + 1).map((other) => ((other.heap - one.heap) / (other.at - one.at)) * hour)))
}
