import type { Editor, JSONContent } from '@tiptap/core'

/**
 * Puts a block below what the cursor is in (a paragraph, a whole list), or in place of the empty line that it is on; and the
 * cursor on a new line below the block, unless somebody is writing elsewhere by now.
 */
export function putBlock(editor: Editor, block: JSONContent, movesCursor: boolean): void {
  const { selection } = editor.state
  const { $from, $to } = selection
  const isEmptyLine = $from.depth === 1 && $from.parent.type.name === 'paragraph' && $from.parent.content.size === 0
  const place = isEmptyLine ? { from: $from.before(), to: $from.after() } : $to.depth > 0 ? $to.after(1) : selection.to
  if (movesCursor) editor.view.focus()
  editor
    .chain()
    .insertContentAt(place, [block, { type: 'paragraph' }], { updateSelection: movesCursor })
    .run()
}
