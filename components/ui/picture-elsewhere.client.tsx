'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Image } from '#lib/story/body.ts'
import { Button } from './button.tsx'
import card from './card.module.css'
import { PictureFigure } from './picture-figure.tsx'
import { useHydrated } from './use-hydrated.client.ts'

/**
 * A picture on somebody else's server, which learns of no reader who hasn't asked for it: until then there's a card. Where no
 * script runs, or the address is one that our pages may not load from (it isn't encrypted), the card links to the picture.
 */
export function PictureElsewhere({ attrs: { src, alt, title, credit, width, height } }: { attrs: Image['attrs'] }) {
  const t = useTranslations('body')
  const [isShown, setShown] = useState(false)
  const { host, protocol } = new URL(src)
  const canShow = useHydrated() && protocol === 'https:'
  if (isShown) {
    return (
      <PictureFigure title={title} credit={credit}>
        {/* biome-ignore lint/performance/noImgElement: the address is anybody's; only pictures of our own can be resized. */}
        <img src={src} alt={alt} width={width} height={height} decoding="async" referrerPolicy="no-referrer" tabIndex={-1} ref={focus} />
      </PictureFigure>
    )
  }
  return (
    <PictureFigure title={title} credit={credit}>
      <div className={card.card}>
        {alt && <span className={card.title}>{alt}</span>}
        <span className={card.from}>{t('pictureOn', { host })}</span>
        <span>
          {canShow ? (
            <Button look="quiet" onClick={() => setShown(true)}>
              {t('showPicture')}
            </Button>
          ) : (
            <a href={src} rel="noopener nofollow">
              {t('showPicture')}
            </a>
          )}
        </span>
      </div>
    </PictureFigure>
  )
}

/** The button that was pressed is gone: the keyboard goes on from the picture. */
function focus(picture: HTMLImageElement | null) {
  picture?.focus()
}
