import { createReadStream } from 'node:fs'
import { resolve } from 'node:path'
import { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { logEntriesIn } from '#lib/archive/log-lines.ts'
import { StartProblem } from '#lib/db/database.ts'
import { openDatabase } from '#lib/db/open-database.ts'
import { storeOn } from '#lib/db/store.ts'
import { readEnv } from '#lib/env.ts'
import { readLogOf } from '#lib/reading/read-log.ts'
import { type Checked, checkLog } from '#lib/story/chain.ts'
import { faultWords } from './fault-words.ts'
import { reportAndExit } from './report.ts'

const usage = `Usage:
  npm run verify-log                    checks every story of the database
  npm run verify-log -- SLUG            checks one
  npm run verify-log -- ADDRESS         checks what https://…/api/stories/SLUG/log answers
  npm run verify-log -- FILE STORY-ID   checks such an answer that was kept, of the story with that id

Says whether each log is consistent with itself, or names the first event that isn't. A log isn't signed: whoever can rewrite all of it can
make it consistent again, with another last hash. With the embedded database, stop the server first.`

/** As many as a query can ask for. */
const mostStories = 2_147_483_647

/** Checks logs, says of each how it stands, and answers whether all are consistent. */
async function main(): Promise<boolean> {
  const [what, storyId] = process.argv.slice(2)
  if (what === '--help') throw new StartProblem(usage)
  if (what !== undefined && /^https?:\/\//.test(what)) return tell(what, await checkAnswer(what))
  if (what !== undefined && storyId !== undefined)
    return tell(what, await checkLog(storyId, logEntriesIn(createReadStream(what)), { mayWithhold: true }))
  return checkDatabase(what)
}

async function checkAnswer(address: string): Promise<Checked> {
  const answer = await fetch(address)
  const storyId = answer.headers.get('staytuned-story')
  if (!answer.ok || !answer.body || storyId === null) throw new StartProblem(`${address} answers no log (${answer.status}).`)
  return endingWith(
    answer.headers.get('staytuned-hash') ?? '',
    await checkLog(storyId, logEntriesIn(Readable.from(answer.body)), { mayWithhold: true }),
  )
}

/** Writes nothing: what is found is what was there. */
async function checkDatabase(slug: string | undefined): Promise<boolean> {
  const read = readEnv(process.env)
  if (read.kind === 'wrong') throw new StartProblem(read.lines.join('\n'))
  const root = fileURLToPath(new URL('../..', import.meta.url))
  const { DATABASE_URL, STAYTUNED_DATA } = read.env
  const store = storeOn(await openDatabase(DATABASE_URL, resolve(root, STAYTUNED_DATA)))
  try {
    const slugs = slug === undefined ? (await store.stories({ limit: mostStories, isForReaders: false })).map(({ story }) => story.slug) : [slug]
    let isAllWhole = true
    for (const each of slugs) {
      // Read anew, right before its log: a story that is being written goes on meanwhile.
      const stored = await store.story(each)
      if (!stored) throw new StartProblem(`There is no story with the address ${each}.`)
      const { story, chain } = stored
      const checked = endingWith(chain, await checkLog(story.id, readLogOf(store, stored)))
      isAllWhole = tell(each, checked) && isAllWhole
    }
    return isAllWhole
  } finally {
    await store.close()
  }
}

/** A log that ends early has no fault of its own: how it ends is said elsewhere. */
function endingWith(hash: string, checked: Checked): Checked {
  return checked.kind === 'whole' && checked.hash !== hash ? { kind: 'broken', seq: checked.events, what: 'end' } : checked
}

function tell(name: string, checked: Checked): boolean {
  if (checked.kind === 'whole') {
    const { events, erased, withheld, hash } = checked
    const without = [erased > 0 ? `${erased} erased` : [], withheld > 0 ? `${withheld} from before readers could see it` : []].flat()
    console.log(`${name}: consistent. ${events} events${without.length > 0 ? ` (${without.join(', ')})` : ''}, the last ${hash}`)
    return true
  }
  console.log(`${name}: BROKEN at event ${checked.seq}: ${faultWords[checked.what]}.`)
  return false
}

main().then((isWhole) => process.exit(isWhole ? 0 : 1), reportAndExit)
