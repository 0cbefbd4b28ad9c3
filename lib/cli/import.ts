import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type ArchiveProblem, importStory } from '#lib/archive/import-story.ts'
import { StartProblem } from '#lib/db/database.ts'
import { openDatabase } from '#lib/db/open-database.ts'
import { openStore } from '#lib/db/store.ts'
import { bucketOf, readEnv } from '#lib/env.ts'
import { bucketOriginals } from '#lib/media/bucket-originals.ts'
import type { PictureProblem } from '#lib/media/clean-picture.ts'
import { openMedia } from '#lib/media/media.ts'
import { faultWords } from './fault-words.ts'
import { reportAndExit } from './report.ts'

const usage = `Usage:
  npm run import -- FILE

Imports a story, with its pictures and its whole history, from an archive that the desk of another installation has exported. The import
checks that the log is consistent with itself. It can't check who made the archive: archives aren't signed. With the embedded database,
stop the server first.`

async function main(): Promise<void> {
  const [file] = process.argv.slice(2)
  if (file === undefined || file.startsWith('--')) throw new StartProblem(usage)
  const read = readEnv(process.env)
  if (read.kind === 'wrong') throw new StartProblem(read.lines.join('\n'))
  const root = fileURLToPath(new URL('../..', import.meta.url))
  const { DATABASE_URL, STAYTUNED_DATA } = read.env
  const dataFolder = resolve(root, STAYTUNED_DATA)
  const bucket = bucketOf(read.env)
  const media = openMedia(join(dataFolder, 'media'), bucket ? { originals: bucketOriginals(bucket) } : {})
  const store = await openStore(await openDatabase(DATABASE_URL, dataFolder), join(root, 'prisma/migrations'))
  try {
    const imported = await importStory(store, media, file, new Date())
    if (imported.kind !== 'imported') throw new StartProblem(`${problemWords(imported)}\nNothing was imported.`)
    const { slug, events, pictures, hash } = imported
    console.log(`${slug}: imported. Its log is consistent with itself: ${events} events, the last ${hash}; ${pictures} pictures.`)
    console.log('The archive has no signature, so nothing proves who made it. Compare the last hash with one from the newsroom that did.')
  } finally {
    await store.close()
  }
}

function problemWords(problem: ArchiveProblem): string {
  switch (problem.kind) {
    case 'not-an-archive':
      return `This is no archive of a story that can be read: ${problem.reason}.`
    case 'broken-log':
      return `The log in it is BROKEN at event ${problem.checked.seq}: ${faultWords[problem.checked.what]}.`
    case 'broken-picture':
      return `The picture ${problem.file} is missing from it, or isn't the one that the archive names.`
    case 'unusable-picture':
      return `The picture ${problem.file} can't be used: ${pictureProblemWords(problem.problem)}.`
    case 'taken':
      return `${problem.what} is here already.`
  }
}

function pictureProblemWords(problem: PictureProblem): string {
  switch (problem.kind) {
    case 'not-a-picture':
      return 'it is none of JPEG, PNG, WebP, GIF or AVIF'
    case 'broken-picture':
      return `it is damaged (${problem.reason})`
    case 'too-many-pixels':
      return `it has ${problem.pixels} pixels; the most is ${problem.most}`
  }
}

main().then(() => process.exit(0), reportAndExit)
