'use client'

import type { Editor } from '@tiptap/core'
import { type KeyboardEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { linkAddress, webAddress } from '#lib/story/text.ts'
import { putBlock } from './put-block.ts'
import styles from './rich-text.module.css'

type Props = { editor: Editor; kind: 'link' | 'card'; onClose: () => void }

/** Asks where a link leads, or which page a card shows. */
export function AddressForm({ editor, kind, onClose }: Props) {
  const t = useTranslations('desk.address')
  const [address, setAddress] = useState<string>(() => (kind === 'link' ? (editor.getAttributes('link').href ?? '') : ''))
  const [title, setTitle] = useState('')
  const [isWrong, setIsWrong] = useState(false)
  const isLinked = kind === 'link' && editor.isActive('link')

  // At once: what is typed next belongs into the text, and the editor's own command waits for a frame.
  const goBack = () => {
    editor.view.focus()
    onClose()
  }
  const apply = () => {
    const typed = address.trim()
    const full = /^[a-z][a-z0-9+.-]*:/i.test(typed) ? typed : `https://${typed}`
    if (typed === '' || !(kind === 'link' ? linkAddress : webAddress).safeParse(full).success) return setIsWrong(true)
    editor.view.focus()
    const chain = editor.chain()
    if (kind === 'card') putBlock(editor, { type: 'linkCard', attrs: { url: full, title: title.trim() || null } }, true)
    else if (editor.state.selection.empty && !isLinked) {
      chain
        .insertContent({ type: 'text', text: typed, marks: [{ type: 'link', attrs: { href: full } }] })
        .unsetMark('link')
        .run()
    } else chain.extendMarkRange('link').setLink({ href: full }).run()
    onClose()
  }
  const remove = () => {
    editor.chain().extendMarkRange('link').unsetLink().run()
    goBack()
  }
  // Not a form of its own: there may be one around it.
  const onKeyDown = (event: KeyboardEvent) => {
    // A button does what it says.
    if (event.key === 'Enter' && event.target instanceof HTMLInputElement) apply()
    else if (event.key === 'Escape') goBack()
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <fieldset className={styles.address} aria-label={t(kind)} onKeyDown={onKeyDown}>
      <Field label={t(kind)} error={isWrong ? t('wrong') : null}>
        {(control) => (
          <input
            {...control}
            type="url"
            inputMode="url"
            placeholder="https://"
            // biome-ignore lint/a11y/noAutofocus: it was opened to type into it.
            autoFocus
            value={address}
            onChange={(event) => {
              setIsWrong(false)
              setAddress(event.target.value)
            }}
          />
        )}
      </Field>
      {kind === 'card' && (
        <Field label={t('title')}>
          {(control) => <input {...control} maxLength={300} value={title} onChange={(event) => setTitle(event.target.value)} />}
        </Field>
      )}
      <div className={styles.addressButtons}>
        <Button onClick={apply}>{t('apply')}</Button>
        {isLinked && <Button onClick={remove}>{t('remove')}</Button>}
        <Button look="quiet" onClick={goBack}>
          {t('cancel')}
        </Button>
      </div>
    </fieldset>
  )
}
