import { type Answered, discardDraft, pinUpdate, reviseUpdate, sendDraftBack, withdrawUpdate } from './desk-api.client.ts'

/** What is done to an entry of the lists as it stands there, without a window in which it is changed. */
export type EntryAction =
  | { readonly kind: 'publish' | 'submit' | 'takeBack' | 'unschedule' | 'discard' | 'key' | 'notKey' | 'pin' | 'unpin' }
  | { readonly kind: 'sendBack' | 'withdraw'; readonly note: string }

export type ActedOn = { readonly id: string; readonly version: number }

/** Sends it once. What has a version is done only to that version; the rest is refused where it was done before. */
export function perform(slug: string, { id, version }: ActedOn, action: EntryAction): Promise<Answered<unknown>> {
  switch (action.kind) {
    case 'publish':
      return reviseUpdate(slug, id, version, { status: 'published' })
    case 'submit':
      return reviseUpdate(slug, id, version, { status: 'submitted' })
    case 'takeBack':
      return reviseUpdate(slug, id, version, { status: 'draft' })
    case 'unschedule':
      return reviseUpdate(slug, id, version, { publishAt: null })
    case 'key':
      return reviseUpdate(slug, id, version, { key: true })
    case 'notKey':
      // What is breaking is a key event.
      return reviseUpdate(slug, id, version, { key: false, breaking: false })
    case 'pin':
    case 'unpin':
      return pinUpdate(slug, id, action.kind === 'pin')
    case 'sendBack':
      return sendDraftBack(slug, id, action.note)
    case 'withdraw':
      return withdrawUpdate(slug, id, action.note)
    case 'discard':
      return discardDraft(slug, id)
  }
}
