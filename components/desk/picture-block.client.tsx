'use client'

import { type NodeViewProps, NodeViewWrapper, ReactNodeViewRenderer } from '@tiptap/react'
import type { FocusEvent } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '#components/ui/button.tsx'
import { CheckField, Field } from '#components/ui/field.tsx'
import type { Image } from '#lib/story/body.ts'
import { pictureIdOf } from '#lib/story/picture.ts'
import { isProblem } from './desk-api.client.ts'
import { Warning } from './failure-notice.tsx'
import { FocalPoint } from './focal-point.client.tsx'
import styles from './picture-block.module.css'
import { PictureBlock } from './rich-text-schema.ts'
import { useKeptWords } from './use-kept-words.client.ts'

/** What the block holds: what a body says of a picture, and null where it says nothing. */
type Attributes = { readonly [Name in keyof Image['attrs']]-?: Exclude<Image['attrs'][Name], undefined> | null } & { src: string; alt: string }

type Props = { attrs: Attributes; change: (attributes: Partial<Attributes>) => void }

/** A picture where it is written: to be seen, and with what must be said of it. */
function PictureView({ node, selected, updateAttributes, deleteNode }: NodeViewProps) {
  const t = useTranslations('desk.picture')
  // The block's attributes are those of the schema, in rich-text-schema.ts.
  const attrs = node.attrs as Attributes
  const pictureId = pictureIdOf(attrs.src)
  const props = { attrs, change: updateAttributes }
  return (
    <NodeViewWrapper className={styles.picture} data-selected={selected || undefined}>
      {pictureId === null ? <PictureElsewhere {...props} /> : <OwnPicture key={pictureId} pictureId={pictureId} {...props} />}
      <Button look="quietDanger" onClick={deleteNode}>
        {t('remove')}
      </Button>
    </NodeViewWrapper>
  )
}

function PictureElsewhere({ attrs, change }: Props) {
  const t = useTranslations('desk.picture')
  return (
    <>
      <p className={styles.elsewhere} data-drag-handle draggable>
        {t('elsewhere', { address: attrs.src })}
      </p>
      <Fields attrs={attrs} change={change} />
    </>
  )
}

function OwnPicture({ attrs, change, pictureId }: Props & { pictureId: string }) {
  const t = useTranslations('desk.picture')
  const { keep, failure } = useKeptWords(pictureId, { alt: attrs.alt, credit: attrs.credit || null, focus: attrs.focus })
  const onBlur = (event: FocusEvent<HTMLElement>) => {
    if (!event.currentTarget.contains(event.relatedTarget)) void keep()
  }
  const picture = (
    // biome-ignore lint/performance/noImgElement: our renditions are made by our own server, not by Next's.
    <img
      src={`${attrs.src}/480.webp`}
      width={attrs.width ?? undefined}
      height={attrs.height ?? undefined}
      alt={attrs.alt}
      data-drag-handle
      draggable
    />
  )
  return (
    <fieldset className={styles.own} aria-label={t('label')} onBlur={onBlur}>
      <FocalPoint focus={attrs.focus} onChange={(focus) => change({ focus })} picture={picture} />
      <Fields attrs={attrs} change={change} />
      {failure && (
        <Warning text={t(isProblem(failure, 'forbidden') ? 'notYours' : 'notKept')}>
          {!isProblem(failure, 'forbidden') && <Button onClick={() => void keep()}>{t('keepAgain')}</Button>}
        </Warning>
      )}
    </fieldset>
  )
}

function Fields({ attrs, change }: Props) {
  const t = useTranslations('desk.picture')
  return (
    <div className={styles.fields}>
      <Field label={t('alt')} hint={attrs.decorative ? undefined : t('altHint')}>
        {(control) => (
          <input
            {...control}
            maxLength={1000}
            disabled={attrs.decorative === true}
            value={attrs.alt}
            onChange={(event) => change({ alt: event.target.value })}
          />
        )}
      </Field>
      <CheckField
        label={t('decorative')}
        isChecked={attrs.decorative === true}
        onChange={(isChecked) => change(isChecked ? { decorative: true, alt: '' } : { decorative: null })}
      />
      <Field label={t('caption')}>
        {(control) => (
          <input {...control} maxLength={300} value={attrs.title ?? ''} onChange={(event) => change({ title: event.target.value || null })} />
        )}
      </Field>
      <Field label={t('credit')} hint={t('creditHint')}>
        {/* Emptied, it says that nobody is named; null would say nothing, and be filled in. */}
        {(control) => <input {...control} maxLength={300} value={attrs.credit ?? ''} onChange={(event) => change({ credit: event.target.value })} />}
      </Field>
    </div>
  )
}

export const EditablePicture = PictureBlock.extend({ addNodeView: () => ReactNodeViewRenderer(PictureView) })
