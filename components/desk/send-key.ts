import type { KeyboardEvent } from 'react'

/** Whether that sends what is written: Enter with Ctrl or ⌘, in one of the fields. A window that a field has opened lies above them. */
export function isSendKey({ key, ctrlKey, metaKey, target, currentTarget }: KeyboardEvent): boolean {
  return key === 'Enter' && (ctrlKey || metaKey) && target instanceof Node && currentTarget.contains(target)
}
