import { printed } from './text.ts'

const most = 200

/** Marks that turn the direction of what follows them: with one a name can read as another. */
const turns = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

/**
 * The name that a file had where it came from, to be read and looked for, never to be opened by: without the folders before
 * it, on one line, at most 200 characters, the last of which are those before its ending. Empty if nothing is left.
 */
export function fileName(sent: string): string {
  const [last = ''] = sent.split(/[/\\]/).slice(-1)
  const name = printed(last).replace(turns, '').replace(/\s+/g, ' ').trim()
  if (name.length <= most) return name
  const [ending = ''] = /\.\w{1,8}$/.exec(name) ?? []
  // Cut between two halves of a letter, the first would stand alone.
  return `${name.slice(0, most - ending.length - 1)}…${ending}`.toWellFormed().replaceAll('\ufffd', '')
}
