import Document, { type DocumentContext, Html, Main, NextScript } from 'next/document'
import { fontClasses } from '#components/look/fonts.ts'
import type { ReadersPage } from '#components/story/reader-frame.tsx'
import { ReadersHead } from '#components/ui/readers-head.tsx'
import { nonceOf } from '#lib/http/security-headers.ts'
import { siteLocale } from '#lib/messages/translator.ts'

type Props = { nonce: string | undefined }

/** The document around a readers' page: in the language of its words, written as its story is. */
export default class ReadersDocument extends Document<Props> {
  static override async getInitialProps(context: DocumentContext) {
    return { ...(await Document.getInitialProps(context)), nonce: context.req && nonceOf(context.req) }
  }

  override render() {
    const scripts = this.props.nonce ? { nonce: this.props.nonce } : {}
    // What the page itself was given; an error page may have been given nothing.
    const page: ReadersPage | undefined = this.props.__NEXT_DATA__.props.pageProps?.page
    return (
      <Html lang={page?.words.locale ?? siteLocale} dir={page?.direction ?? 'ltr'} className={fontClasses}>
        <ReadersHead {...scripts}>
          <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
          <link rel="apple-touch-icon" href="/icons/apple-touch.png" />
          <link rel="manifest" href="/manifest.webmanifest" />
          <meta name="theme-color" media="(prefers-color-scheme: light)" content="#fffefb" />
          <meta name="theme-color" media="(prefers-color-scheme: dark)" content="#141416" />
        </ReadersHead>
        <body>
          <Main />
          <NextScript {...scripts} />
        </body>
      </Html>
    )
  }
}
