import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { BodyContent } from '#components/ui/body-content.tsx'
import { Words } from '#components/ui/words.client.tsx'
import { catalogues } from '#lib/messages/catalogues.ts'
import type { Image } from '#lib/story/body.ts'

const src = '/media/019a0000-0000-7000-8000-000000000001'

/** The page's part with that picture, as the server sends it. */
function markup(attrs: Image['attrs']): string {
  return renderToStaticMarkup(
    <Words words={{ locale: 'en-GB', messages: catalogues.en }} timeZone="UTC">
      <BodyContent body={{ type: 'doc', content: [{ type: 'image', attrs }] }} />
    </Words>,
  )
}

test('a reader is offered a picture of ours in each format, up to its own width, with the room that it needs', () => {
  const html = markup({ src, alt: 'A bridge', title: 'Today', credit: 'Ann', width: 500, height: 300 })
  expect(html).toContain(`<source type="image/avif" srcSet="${src}/320.avif 320w, ${src}/480.avif 480w, ${src}/640.avif 500w"`)
  expect(html.indexOf('image/avif')).toBeLessThan(html.indexOf('image/webp'))
  expect(html).toMatch(/<img [^>]*width="500" height="300" alt="A bridge" loading="lazy" decoding="async"\/>/)
  expect(html.match(/sizes="\(min-width: 42rem\) 38rem, 100vw"/g)).toHaveLength(3)
  expect(html).toMatch(/<figcaption>Today<span[^>]*>Ann<\/span><\/figcaption>/)
  expect(html).not.toContain('style=')
})

test('a picture that says what must stay in view is cut around it, and another isn’t cut', () => {
  const picture = { src, alt: '', width: 500, height: 900 }
  const html = markup({ ...picture, focus: { x: 0.24, y: 1 } })
  expect(html).toMatch(/<img [^>]*data-focus-x="2" data-focus-y="10"/)
  expect(html).not.toContain('style=')
  expect(markup(picture)).not.toMatch(/<img [^>]*(class|data-focus)/)
})

test('an editor sees a picture of ours in the preview, where its size isn’t known yet', () => {
  const html = markup({ src, alt: '' })
  expect(html).toContain(`${src}/1920.jpg 1920w`)
  expect(html).not.toMatch(/height=|<figcaption>/)
})

test('a reader loads nothing from anybody else before asking for it', () => {
  const html = markup({ src: 'https://elsewhere.example/a.png', alt: 'A bridge', title: 'Today', credit: 'Them' })
  expect(html).not.toMatch(/<(img|source|picture)/)
  expect(html).toContain('A bridge')
  expect(html).toContain('Picture on elsewhere.example')
  expect(html).toContain('<a href="https://elsewhere.example/a.png" rel="noopener nofollow">Show the picture</a>')
  expect(html).toMatch(/<figcaption>Today<span[^>]*>Them<\/span><\/figcaption>/)
  expect(html).not.toContain('style=')
})
