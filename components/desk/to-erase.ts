/** What somebody is about to erase: one thing, by its id, and how it is called. */
export type ToErase = { readonly kind: 'update' | 'claim' | 'question'; readonly id: string; readonly title: string }
