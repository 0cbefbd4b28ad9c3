/** What JSON puts before a character that it can't write as it is: to be left whole. */
const escaped = String.raw`((?:\\u[\da-f]{4}|\\.)?)`

const address = new RegExp(`${escaped}[^\\s"\\\\<>()@:;,/=]{1,64}@[\\p{L}\\d-]+(?:\\.[\\p{L}\\d-]+)+`, 'giu')

/** The last part of a link that lets somebody in. */
const token = /\/(invitation|reset)\/[\w-]+/g

/** A line of JSON without the e-mail addresses and the single-use links in it, whoever has written them into an error. */
export function withoutPersonalData(line: string): string {
  return (line.includes('@') ? line.replace(address, '$1[address]') : line).replace(token, '/$1/[token]')
}
