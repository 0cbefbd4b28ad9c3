'use client'

import { type NodeViewProps, NodeViewWrapper, ReactNodeViewRenderer } from '@tiptap/react'
import { useTranslations } from 'use-intl'
import { Button } from '#components/ui/button.tsx'
import { CheckField, Field } from '#components/ui/field.tsx'
import { pictureIdOf } from '#lib/story/picture.ts'
import styles from './picture-block.module.css'
import { PictureBlock } from './rich-text-schema.ts'

/** A picture where it is written: to be seen, and with what must be said of it. */
function PictureView({ node: { attrs }, selected, updateAttributes, deleteNode }: NodeViewProps) {
  const t = useTranslations('desk.picture')
  const isOurs = pictureIdOf(attrs.src) !== null
  return (
    <NodeViewWrapper className={styles.picture} data-selected={selected || undefined}>
      {isOurs ? (
        // biome-ignore lint/performance/noImgElement: our renditions are made by our own server, not by Next's.
        <img
          src={`${attrs.src}/480.webp`}
          width={attrs.width ?? undefined}
          height={attrs.height ?? undefined}
          alt={attrs.alt}
          data-drag-handle
          draggable
        />
      ) : (
        <p className={styles.elsewhere} data-drag-handle draggable>
          {t('elsewhere', { address: attrs.src })}
        </p>
      )}
      <div className={styles.fields}>
        <Field label={t('alt')} hint={attrs.decorative ? undefined : t('altHint')}>
          {(control) => (
            <input
              {...control}
              maxLength={1000}
              disabled={attrs.decorative === true}
              value={attrs.alt}
              onChange={(event) => updateAttributes({ alt: event.target.value })}
            />
          )}
        </Field>
        <CheckField
          label={t('decorative')}
          isChecked={attrs.decorative === true}
          onChange={(isChecked) => updateAttributes(isChecked ? { decorative: true, alt: '' } : { decorative: null })}
        />
        <Field label={t('caption')}>
          {(control) => (
            <input
              {...control}
              maxLength={300}
              value={attrs.title ?? ''}
              onChange={(event) => updateAttributes({ title: event.target.value || null })}
            />
          )}
        </Field>
        <Button look="quietDanger" onClick={deleteNode}>
          {t('remove')}
        </Button>
      </div>
    </NodeViewWrapper>
  )
}

export const EditablePicture = PictureBlock.extend({ addNodeView: () => ReactNodeViewRenderer(PictureView) })
