/** A page as it stands on its own: its HTML, and the files beside it by the name that it gives them. */
export type SavedPage = { readonly html: string; readonly files: readonly { readonly name: string; readonly bytes: Buffer }[] }

type Surroundings = {
  /** What the server answers at a path; null where that isn't a success. */
  readonly fetchBytes: (path: string) => Promise<Buffer | null>
  /** Where links lead that led to the same server. */
  readonly publicUrl: string
  /** The file of a picture of ours, by its id. */
  readonly pictureFile: (pictureId: string) => string | undefined
  /** The file of another page that is saved beside it, by its path; undefined for all others. */
  readonly pageFile: (path: string) => string | undefined
  /** The folder of the files, with a slash at its end. */
  readonly folder: string
}

/**
 * Makes of a page of ours one that reads from a disk: without scripts, with its styles in it and its fonts in files beside it, its pictures as
 * they were uploaded, and links that lead to where it came from. It is the markup of our own components that is taken apart here,
 * not any page's.
 */
export async function savePage(html: string, { fetchBytes, publicUrl, pictureFile, pageFile, folder }: Surroundings): Promise<SavedPage> {
  const files = new Map<string, Buffer>()
  /** Keeps what a path has, and answers where. */
  const keep = async (path: string): Promise<string | null> => {
    const name = folder + (path.split('/').at(-1) ?? '')
    const bytes = files.get(name) ?? (await fetchBytes(path))
    if (bytes === null) return null
    files.set(name, bytes)
    return name
  }

  const still = html
    .replace(/<script(?![^>]*ld\+json)[^>]*>.*?<\/script>/gs, '')
    .replace(/<link[^>]*rel="(?:preload|modulepreload|manifest|icon|apple-touch-icon|alternate)"[^>]*>/g, '')
    .replace(/<source[^>]*>/g, '')
    .replace(/ (?:srcSet|srcset|sizes)="[^"]*"/g, '')
    .replace(/"\/media\/([0-9a-f-]{36})\/\w+\.\w+"/g, (whole, id: string) => `"${pictureFile(id) ?? whole.slice(1, -1)}"`)
  const styled = await replaced(still, /<style[^>]*>(.*?)<\/style>/gs, async (_whole, styles = '') => {
    const kept = await replaced(styles, /url\(["']?(\/[^"')]+)["']?\)/g, async (whole, path = '') => {
      const name = await keep(path)
      return name === null ? whole : `url("${name}")`
    })
    return `<style>${kept}</style>`
  })
  const linked = styled.replace(
    / (href|action)="(\/[^"]*)"/g,
    (_whole, name: string, path: string) => ` ${name}="${pageFile(path) ?? publicUrl + path}"`,
  )
  return { html: linked, files: Array.from(files, ([name, bytes]) => ({ name, bytes })) }
}

/** The text with each that is found replaced by what is answered for it and its groups, one after the other. */
async function replaced(text: string, pattern: RegExp, by: (whole: string, ...groups: string[]) => Promise<string>): Promise<string> {
  const parts: string[] = []
  let end = 0
  for (const match of text.matchAll(pattern)) {
    const [whole, ...groups] = match
    parts.push(text.slice(end, match.index), await by(whole, ...groups))
    end = match.index + whole.length
  }
  return [...parts, text.slice(end)].join('')
}
