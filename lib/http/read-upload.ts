import { fileName } from '#lib/story/file-name.ts'
import { type NewPicture, newPicture } from '#lib/story/new-picture.ts'
import { pictureLimits } from '#lib/story/picture.ts'
import { formParts } from './form-parts.ts'
import { problem, refused } from './problem.ts'
import { readBytes } from './read-bytes.ts'
import { issuesOf } from './read-json.ts'

/** How many bytes a form may have beside its file: what is said of the picture, and the form's own lines. */
const restOfForm = 64 * 1024

/** 20 MB in two minutes is 1.4 Mbit/s. An upload holds one of a few slots meanwhile. */
const timeouts = { totalTimeoutMs: 120_000, idleTimeoutMs: 10_000 }

export type Upload = NewPicture & { readonly file: Buffer; readonly name: string }

/**
 * The picture that was sent and what is said of it, if it is a form within the limits; otherwise 400, 408, 413 or 415. A body that
 * is too long is refused by its Content-Length, or as soon as it is. Says nothing about what is in the file.
 */
export async function readUpload(request: Request): Promise<{ kind: 'read'; value: Upload } | { kind: 'refused'; response: Response }> {
  const mediaType = request.headers.get('content-type') ?? ''
  if (!mediaType.toLowerCase().startsWith('multipart/form-data')) {
    return { kind: 'refused', response: problem('not-a-form', 'Send the picture as the field `file` of a form, as multipart/form-data.') }
  }
  const body = await readBytes(request, pictureLimits.bytes + restOfForm, timeouts)
  if (body.kind === 'too-long') return { kind: 'refused', response: tooLarge() }
  if (body.kind === 'too-slow') return { kind: 'refused', response: tooSlow() }
  const parts = formParts(body.bytes, mediaType)
  if (parts === null) return invalid('', 'is not a form that can be read')

  const sent = parts.get('file')
  if (!sent) return invalid('file', 'must be a picture')
  const { bytes: file, fileName: name } = sent
  if (file.length > pictureLimits.bytes) return { kind: 'refused', response: tooLarge() }
  parts.delete('file')
  const words = Object.fromEntries([...parts].map(([field, { bytes: said }]) => [field, said.toString('utf8')]))
  const parsed = newPicture.safeParse(words)
  if (!parsed.success) return { kind: 'refused', response: refused({ kind: 'invalid', issues: issuesOf(parsed.error) }) }
  return { kind: 'read', value: { ...parsed.data, file, name: fileName(name ?? '') } }
}

function tooLarge(): Response {
  return problem('too-large', `A picture may have at most ${pictureLimits.bytes / 1024 ** 2} MB.`)
}

/** Closes the connection, so that the rest of the body has nowhere to go. */
function tooSlow(): Response {
  const detail = 'The picture did not arrive in time. Check the connection, then send it again.'
  return problem('too-slow', detail, { headers: { connection: 'close' } })
}

function invalid(path: string, message: string): { kind: 'refused'; response: Response } {
  return { kind: 'refused', response: refused({ kind: 'invalid', issues: [{ path, message }] }) }
}
