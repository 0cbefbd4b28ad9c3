import { existsSync, readdirSync, readFileSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { extname, join, relative, sep } from 'node:path'
import type { Addresses } from '#lib/addresses.ts'
import { sharedSecurityHeaders } from '#lib/http/security-headers.ts'
import { type StoredAnswer, storedAnswer } from './stored-answer.ts'

/** Of what the build makes for browsers; another kind of file is Next's to send. */
const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
}

/**
 * Answers with a file that the build put into that folder for browsers, as it compressed it, and keeps it in memory from the first time
 * that somebody asks: 4 MB, if all are. Undefined for whatever else is asked for.
 */
export function browserFiles(folder: string, addresses: Addresses): (request: Pick<IncomingMessage, 'method' | 'url'>) => StoredAnswer | undefined {
  const own = sharedSecurityHeaders({ scripts: [], styles: [] }, addresses)
  const paths = new Map(filesIn(folder).map((file) => [`/${relative(folder, file).split(sep).join('/')}`, file]))
  const kept = new Map<string, StoredAnswer>()
  const read = (path: string): StoredAnswer | undefined => {
    const file = paths.get(path)
    const type = types[extname(path)]
    // Whoever builds anew in the same place takes the files away.
    if (file === undefined || type === undefined || !existsSync(file)) return undefined
    const body = readFileSync(file)
    const [br, gzip] = ['br', 'gz'].map((ending) => (paths.has(`${path}.${ending}`) ? readFileSync(`${file}.${ending}`) : undefined))
    // Its name says what is in it.
    const headers = { 'content-type': type, 'cache-control': 'public, max-age=31536000, immutable' }
    const answer = storedAnswer({ status: 200, headers, body }, own, { br, gzip })
    kept.set(path, answer)
    return answer
  }
  return ({ method, url = '' }) => {
    if (method !== 'GET' && method !== 'HEAD') return undefined
    const path = url.split('?', 1)[0] ?? ''
    return kept.get(path) ?? read(path)
  }
}

function filesIn(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name))
}
