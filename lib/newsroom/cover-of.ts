import type { Pictures } from '#lib/db/pictures.ts'
import type { ChosenCover, Cover } from '#lib/story/cover.ts'
import { pictureIdOf } from '#lib/story/picture.ts'
import type { Refusal } from './newsroom.ts'

type Read = { readonly kind: 'cover'; readonly cover: Cover | null } | Extract<Refusal, { kind: 'invalid' }>

/**
 * The cover that was chosen, with what is kept of the picture where nothing else is said; or what is wrong with it. A cover is
 * never decoration: it has to say what it shows. One query, none without a cover.
 */
export async function coverOf(pictures: Pictures, chosen: ChosenCover | null): Promise<Read> {
  if (chosen === null) return { kind: 'cover', cover: null }
  const { src } = chosen
  const id = pictureIdOf(src) ?? ''
  const kept = (await pictures.facts([id])).get(id)
  if (!kept) return invalid('cover.src', `names a picture that is not here: ${src}`)
  const { alt = kept.alt, credit = kept.credit, focus = kept.focus } = chosen
  if (alt === '') return invalid('cover.alt', 'must say what the picture shows')
  return { kind: 'cover', cover: { src, alt, credit, focus, width: kept.width, height: kept.height } }
}

function invalid(path: string, message: string): Read {
  return { kind: 'invalid', issues: [{ path, message }] }
}
