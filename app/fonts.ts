import localFont from 'next/font/local'

/** Headlines and bodies. */
export const serif = localFont({
  src: [
    { path: '../node_modules/@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-normal.woff2', style: 'normal', weight: '200 900' },
    { path: '../node_modules/@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-italic.woff2', style: 'italic', weight: '200 900' },
  ],
  variable: '--font-serif-face',
  display: 'swap',
  fallback: ['Georgia', 'Times New Roman', 'serif'],
})

/** Everything that isn't told but said: times, labels, buttons. */
export const sans = localFont({
  src: [
    { path: '../node_modules/@fontsource-variable/libre-franklin/files/libre-franklin-latin-wght-normal.woff2', style: 'normal', weight: '100 900' },
  ],
  variable: '--font-sans-face',
  display: 'swap',
  fallback: ['Helvetica Neue', 'Arial', 'sans-serif'],
})
