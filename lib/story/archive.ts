import { z } from 'zod'
import { keptPicture } from './kept-picture.ts'
import { slug } from './story.ts'
import { instant } from './text.ts'

// An archive is a ZIP file of a story: `story.json`, which is this; `log.ndjson`, its whole log as /log hands it out; the pictures in
// `media/`; and `index.html` with what it needs in `page/`, the story as a browser shows it without a server; a long story goes on in
// `part-2.html`, and so on.

export const archiveNames = { manifest: 'story.json', log: 'log.ndjson', page: 'index.html', pictures: 'media/', pageFiles: 'page/' } as const

/** SHA-256 in hexadecimal digits. */
const hash = z.string().regex(/^[0-9a-f]{64}$/)

const archivedPicture = keptPicture.extend({
  /** Its name in the archive. */
  file: z.string().regex(/^media\/[0-9a-f-]{36}\.(jpg|png|webp)$/),
  sha256: hash,
})
export type ArchivedPicture = z.infer<typeof archivedPicture>

export const archiveManifest = z.object({
  format: z.literal('staytuned-story'),
  /** Rises when an older program couldn't read it. */
  version: z.literal(1),
  story: z.object({ id: z.uuid(), slug, headline: z.string() }),
  /** The number of the last event of the log, and its hash. Whoever has the hash from elsewhere can tell that nothing of the log was changed. */
  head: z.int().positive(),
  hash,
  exportedAt: instant,
  pictures: z.array(archivedPicture).max(10_000),
})
export type ArchiveManifest = z.infer<typeof archiveManifest>
