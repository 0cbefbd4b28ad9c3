/** What the parts of our own addresses are made of. A token, an e-mail address or a name with a capital isn't. */
const plainPart = /^[a-z0-9_][a-z0-9._-]{0,99}$/

/** After these comes what lets somebody in. */
const beforeSecret = new Set(['invitation', 'reset'])

/** Strangers choose the path, and each failed request is a log line. */
const maxShown = 200

/** The path of a request as it may be written down, or its beginning: without what it asks for, and with a star for each part that could be a secret or somebody. */
export function shownPath(url: string): string {
  const path = (url.split(/[?#]/, 1)[0] ?? '').slice(0, maxShown)
  const parts = path.split('/')
  return parts.map((part, index) => (part === '' || (plainPart.test(part) && !beforeSecret.has(parts[index - 1] ?? '')) ? part : '*')).join('/')
}
