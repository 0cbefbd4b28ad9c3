import type { Image } from '#lib/story/body.ts'
import type { Focus } from '#lib/story/focus.ts'
import { type PictureFormat, pictureIdOf, renditionsOf } from '#lib/story/picture.ts'
import styles from './picture.module.css'
import { PictureElsewhere } from './picture-elsewhere.client.tsx'
import { PictureFigure } from './picture-figure.tsx'

/** As wide as the column of text, `--measure`, on whatever is wider than that and its margins. */
const textSizes = '(min-width: 42rem) 38rem, 100vw'

/** What a browser loads that chooses none of the others. */
const usualWidth = 960

/** A picture of an update: ours in the size and format that suit the screen, another's only once the reader asks for it. */
export function Picture({ attrs }: { attrs: Image['attrs'] }) {
  return pictureIdOf(attrs.src) === null ? <PictureElsewhere attrs={attrs} /> : <OwnPicture attrs={attrs} sizes={textSizes} />
}

type OwnProps = {
  attrs: Omit<Image['attrs'], 'focus'> & { focus?: Focus | null | undefined }
  /** How wide it is shown, as an image's `sizes` says it. */
  sizes: string
  /** It is what a page begins with: loaded at once, before others. */
  isFirst?: boolean
}

/** Its size is known once the update was written: then nothing on the page moves as it loads. In a preview it isn't yet. */
export function OwnPicture({ attrs: { src, alt, title, credit, focus, width, height }, sizes, isFirst = false }: OwnProps) {
  const srcSet = (format: PictureFormat) =>
    renditionsOf(src, format, width)
      .map((rendition) => `${rendition.address} ${rendition.width}w`)
      .join(', ')
  return (
    <PictureFigure title={title} credit={credit}>
      <picture>
        <source type="image/avif" srcSet={srcSet('avif')} sizes={sizes} />
        <source type="image/webp" srcSet={srcSet('webp')} sizes={sizes} />
        <img
          src={`${src}/${usualWidth}.jpg`}
          srcSet={srcSet('jpg')}
          sizes={sizes}
          width={width}
          height={height}
          {...(focus && cutAround(focus))}
          alt={alt}
          {...(isFirst ? { fetchPriority: 'high' } : { loading: 'lazy', decoding: 'async' })}
        />
      </picture>
    </PictureFigure>
  )
}

/** To a tenth of its width and height: our Content-Security-Policy takes no style that stands in the page, so there are rules for these. */
function cutAround({ x, y }: Focus) {
  return { className: styles.cut, 'data-focus-x': Math.round(x * 10), 'data-focus-y': Math.round(y * 10) }
}
