import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Caller } from '#lib/accounts/person.ts'
import { openDatabase } from '#lib/db/open-database.ts'
import { openStore, type Store } from '#lib/db/store.ts'
import { openStory } from '#lib/newsroom/open-story.ts'
import { pinUpdate } from '#lib/newsroom/pin-update.ts'
import { publishUpdate } from '#lib/newsroom/publish-update.ts'
import { reviseUpdate } from '#lib/newsroom/revise-update.ts'
import { withdrawUpdate } from '#lib/newsroom/withdraw-update.ts'
import { newStory } from '#lib/story/story.ts'
import { newUpdate } from '#lib/story/update.ts'

// Writes a story of many updates of real length, by the commands, as it would have grown over the last hours:
// `node --import tsx bench/long-story.ts FOLDER [UPDATES] [SLUG]`, while no server has the folder open.

const desk: Caller = { person: { id: 'bench', name: 'River desk', email: '', role: 'editor' }, origin: 'own' }

const openings = [
  'The gauge at the old bridge stood at 7.42 metres at the last reading, eleven centimetres more than an hour before.',
  'The fire service has closed the lower quay between the station and the market hall; the trams turn back at the theatre.',
  'About 340 people have left their homes in the southern districts, most of them to relatives.',
  'The water works say that the supply is safe to drink and that two of five pumps run on their own power.',
  'School is cancelled in the whole city tomorrow; day nurseries stay open for children whose parents work in relief.',
]
const middles = [
  'The forecast for the upper reaches has been lowered since noon, from forty to twenty-five millimetres until the morning. The crest is now expected between two and four at night, somewhat below the mark of 2002, but engineers at the control centre say that the dyke at the allotments has been wet for three days and can’t be relied upon to hold a second day.',
  'A spokeswoman for the city said at a press conference that volunteers are no longer needed at the sand pits, and that those who want to help should register with the district offices, which will call on them in shifts. She asked people to keep away from the banks: rescuers had twice been held up by onlookers.',
  'The railway has suspended long-distance trains on the valley line. Passengers are taken by bus from the junction; the first of them left with an hour’s delay. Whether trains run in the morning is to be decided at five.',
]
const titles = [
  'Water still rising at the old bridge',
  'Trams turn back at the theatre',
  'Evacuation of the southern districts',
  'Crest expected at night',
  'What the engineers say about the dyke',
]

type Options = { readonly updates: number; readonly slug: string; readonly images?: readonly string[]; readonly until?: Date }

/** About 150 words each, a key event in every twelfth, lists and quotes now and then, some corrected, one withdrawn, one pinned. */
export async function writeLongStory(store: Store, { updates, slug, images = [], until = new Date() }: Options): Promise<void> {
  const begin = until.getTime() - updates * 4 * 60_000
  let at = new Date(begin)
  const newsroom = { store, now: () => at }
  const opened = await openStory(
    newsroom,
    desk,
    newStory.parse({
      headline: 'River above the mark of 2013: the city waits for the crest',
      standfirst: 'Dykes are being raised in the south, 340 people have left their homes, and the water is expected to rise until the early morning.',
      slug,
      timeZone: 'Europe/Berlin',
    }),
    null,
  )
  if (opened.kind !== 'done') throw new Error(`the story could not be opened: ${opened.kind}`)
  for (let number = 1; number <= updates; number += 1) {
    // Not evenly: an hour that goes fast, and then a quiet one.
    at = new Date(begin + updates * 4 * 60_000 * (0.975 * (number / updates) + 0.02 * Math.sin(number / 9)))
    const image = images[number % 5 === 0 ? (number / 5) % images.length : images.length]
    const body = [
      openings[number % openings.length],
      middles[number % middles.length],
      number % 7 === 0 ? '- the southern districts\n- the allotments\n- the lower quay, from the station on' : null,
      number % 9 === 0 ? '> We have seen higher water. We haven’t seen it stay this long, says the head of the control centre.' : null,
      image ? `![The lower quay under water, a tram stop in the foreground](${image} "The lower quay this morning")` : null,
      number % 11 === 0 ? 'https://example.org/gauges/old-bridge' : null,
    ].filter((part) => part !== null)
    const title = number % 2 === 0 ? (titles[(number / 2) % titles.length] ?? null) : null
    const input = newUpdate.parse({ title: number % 12 === 0 ? (title ?? 'Key') : title, body: body.join('\n\n'), key: number % 12 === 0 })
    const published = await publishUpdate(newsroom, desk, slug, input, null)
    if (published.kind !== 'done') throw new Error(`an update could not be published: ${published.kind}`)
    const { id, version } = published.answer
    if (number % 40 === 0) {
      const correction = { note: 'The gauge was read at 7.42 metres, not at 7.24.' }
      await reviseUpdate(newsroom, desk, slug, id, version, { body: `${openings[0]}\n\n${middles[0]}`, correction })
    }
    if (number === updates - 6) await withdrawUpdate(newsroom, desk, slug, id, 'This came from an account that isn’t the city’s.')
    if (number === updates - 12) await pinUpdate(newsroom, desk, slug, id, true)
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [folder = '.data', updates = '500', slug = 'river'] = process.argv.slice(2)
  const store = await openStore(await openDatabase(undefined, resolve(folder)), fileURLToPath(new URL('../prisma/migrations', import.meta.url)))
  await writeLongStory(store, { updates: Number(updates), slug })
  await store.close()
}
