import { test } from '@fast-check/vitest'
import { getSchema } from '@tiptap/core'
import { describe, expect } from 'vitest'
import { bodyFromDocument, documentFromBody } from '#components/desk/body-document.ts'
import { bodyExtensions } from '#components/desk/rich-text-schema.ts'
import { type Body, body } from '#lib/story/body.ts'
import { anyBody } from '../story/arbitraries.ts'

const schema = getSchema(bodyExtensions())

function throughTheEditor(document: Body): Body {
  const node = schema.nodeFromJSON(documentFromBody(document))
  node.check()
  return bodyFromDocument(node.toJSON())
}

describe('a body in the editor', () => {
  test.prop([anyBody])('comes out as it went in, and what comes out goes in once more', (document) => {
    const first = throughTheEditor(document)
    expect(words(first)).toBe(words(document))
    expect(throughTheEditor(first)).toEqual(first)
    if (body.safeParse(document).success) expect(body.safeParse(first).success).toBe(true)
  })
})

/** All that is to be read in it. */
function words(node: unknown): string {
  if (typeof node !== 'object' || node === null) return ''
  const { text = '', content = [] } = node as { text?: string; content?: unknown[] }
  return text + content.map(words).join('')
}
