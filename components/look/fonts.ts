import localFont from 'next/font/local'

// One file a script. Those that most stories don't need are loaded when a character of theirs is on the page: they come
// first in the families of tokens.css, and say by their range what they are for.

/** Headlines and bodies. In two weights: a file of each comes sooner than one of all weights. */
const serif = localFont({
  src: [
    { path: '../../node_modules/@fontsource/source-serif-4/files/source-serif-4-latin-400-normal.woff2', weight: '400', style: 'normal' },
    { path: '../../node_modules/@fontsource/source-serif-4/files/source-serif-4-latin-600-normal.woff2', weight: '600', style: 'normal' },
  ],
  variable: '--font-serif-latin',
  display: 'swap',
  adjustFontFallback: 'Times New Roman',
})

const serifItalic = localFont({
  src: [
    { path: '../../node_modules/@fontsource/source-serif-4/files/source-serif-4-latin-400-italic.woff2', weight: '400', style: 'italic' },
    { path: '../../node_modules/@fontsource/source-serif-4/files/source-serif-4-latin-600-italic.woff2', weight: '600', style: 'italic' },
  ],
  variable: '--font-serif-latin-italic',
  display: 'swap',
  preload: false,
  adjustFontFallback: 'Times New Roman',
})

const serifLatinExtended = localFont({
  src: [
    { path: '../../node_modules/@fontsource/source-serif-4/files/source-serif-4-latin-ext-400-normal.woff2', weight: '400', style: 'normal' },
    { path: '../../node_modules/@fontsource/source-serif-4/files/source-serif-4-latin-ext-600-normal.woff2', weight: '600', style: 'normal' },
  ],
  variable: '--font-serif-latin-extended',
  display: 'swap',
  preload: false,
  adjustFontFallback: false,
  declarations: [{ prop: 'unicode-range', value: 'U+0100-02BA, U+1E00-1E9F, U+1EF2-1EFF, U+20A0-20AB, U+20AD-20C0, U+2113' }],
})

const serifCyrillic = localFont({
  src: [
    { path: '../../node_modules/@fontsource/source-serif-4/files/source-serif-4-cyrillic-400-normal.woff2', weight: '400', style: 'normal' },
    { path: '../../node_modules/@fontsource/source-serif-4/files/source-serif-4-cyrillic-600-normal.woff2', weight: '600', style: 'normal' },
  ],
  variable: '--font-serif-cyrillic',
  display: 'swap',
  preload: false,
  adjustFontFallback: false,
  declarations: [{ prop: 'unicode-range', value: 'U+0400-045F, U+0490-0491, U+04B0-04B1, U+2116' }],
})

const serifArabic = localFont({
  src: '../../node_modules/@fontsource-variable/noto-naskh-arabic/files/noto-naskh-arabic-arabic-wght-normal.woff2',
  weight: '400 700',
  variable: '--font-serif-arabic',
  display: 'swap',
  preload: false,
  adjustFontFallback: false,
  declarations: [{ prop: 'unicode-range', value: 'U+0600-06FF, U+0750-077F, U+0870-088E, U+0890-08FF, U+FB50-FDFF, U+FE70-FEFC' }],
})

/** Everything that isn't told but said: times, labels, buttons. */
const sans = localFont({
  src: '../../node_modules/@fontsource-variable/libre-franklin/files/libre-franklin-latin-wght-normal.woff2',
  weight: '100 900',
  variable: '--font-sans-latin',
  display: 'swap',
  // The text comes first; until the labels' font is there they stand in one of the same widths.
  preload: false,
  adjustFontFallback: 'Arial',
})

const sansLatinExtended = localFont({
  src: '../../node_modules/@fontsource-variable/libre-franklin/files/libre-franklin-latin-ext-wght-normal.woff2',
  weight: '100 900',
  variable: '--font-sans-latin-extended',
  display: 'swap',
  preload: false,
  adjustFontFallback: false,
  declarations: [{ prop: 'unicode-range', value: 'U+0100-02BA, U+1E00-1E9F, U+1EF2-1EFF, U+20A0-20AB, U+20AD-20C0, U+2113' }],
})

const sansCyrillic = localFont({
  src: '../../node_modules/@fontsource-variable/libre-franklin/files/libre-franklin-cyrillic-wght-normal.woff2',
  weight: '100 900',
  variable: '--font-sans-cyrillic',
  display: 'swap',
  preload: false,
  adjustFontFallback: false,
  declarations: [{ prop: 'unicode-range', value: 'U+0400-045F, U+0490-0491, U+04B0-04B1, U+2116' }],
})

const sansArabic = localFont({
  src: '../../node_modules/@fontsource-variable/noto-sans-arabic/files/noto-sans-arabic-arabic-wght-normal.woff2',
  weight: '100 900',
  variable: '--font-sans-arabic',
  display: 'swap',
  preload: false,
  adjustFontFallback: false,
  declarations: [{ prop: 'unicode-range', value: 'U+0600-06FF, U+0750-077F, U+0870-088E, U+0890-08FF, U+FB50-FDFF, U+FE70-FEFC' }],
})

/** The classes that give the tokens their fonts. */
export const fontClasses = [serif, serifItalic, serifLatinExtended, serifCyrillic, serifArabic, sans, sansLatinExtended, sansCyrillic, sansArabic]
  .map((font) => font.variable)
  .join(' ')
