import type { Body } from '#lib/story/body.ts'

/** Markdown to a body and back. */
export type MarkdownSource = { readonly bodyFromMarkdown: (markdown: string) => Body; readonly markdownFromBody: (body: Body) => string }

/** The parser and the writer, which are large, are loaded when they are needed first. Null if they can't be had now. */
export async function loadMarkdown(): Promise<MarkdownSource | null> {
  try {
    const [{ bodyFromMarkdown }, { markdownFromBody }] = await Promise.all([import('#lib/markdown/parse.ts'), import('#lib/markdown/write.ts')])
    return { bodyFromMarkdown, markdownFromBody }
  } catch {
    // There is no network; whoever asked says so, and asks again.
    return null
  }
}
