import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { leastCompressed } from '#lib/cache/stored-answer.ts'
import { browserFiles } from './built.js'

const staticPath = '_next/static'

/** Puts all that Next has built for browsers where {@link browserFiles} says, each file as it is and compressed as well as it can be. */
export async function prepareBrowserFiles(root: string): Promise<void> {
  const folder = join(root, browserFiles, staticPath)
  cpSync(join(root, '.next/static'), folder, { recursive: true })
  const scripts = readersScripts(root)
  const written = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  await Promise.all(
    written.map(async ({ parentPath, name }) => {
      const file = join(parentPath, name)
      if (!/\.(js|css)$/.test(name)) return
      const content = scripts.has(relative(folder, file).split(sep).join('/')) ? withHint(readFileSync(file)) : readFileSync(file)
      writeFileSync(file, content)
      if (content.length < leastCompressed) return
      writeFileSync(`${file}.gz`, await promisify(gzip)(content, { level: 9 }))
      writeFileSync(`${file}.br`, await promisify(brotliCompress)(content, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: content.length } }))
    }),
  )
}

/** What readers' pages load, by its place under `static/`. */
function readersScripts(root: string): ReadonlySet<string> {
  const { pages } = JSON.parse(readFileSync(join(root, '.next/build-manifest.json'), 'utf8')) as { pages: Record<string, string[]> }
  return new Set(Object.values(pages).flatMap((files) => files.filter((file) => file.endsWith('.js')).map((file) => file.replace(/^static\//, ''))))
}

/**
 * Tells the browser to compile the whole script while it is on its way, beside the page, and not function by function as it runs,
 * on the page's own thread: nearly all of it runs at once. To a browser that doesn't know it, it is a comment.
 * https://v8.dev/blog/explicit-compile-hints
 */
function withHint(script: Buffer): Buffer {
  return Buffer.concat([Buffer.from('//# allFunctionsCalledOnLoad\n'), script])
}
