import type { Transporter } from 'nodemailer'

export type Letter = { readonly to: string; readonly subject: string; readonly text: string }

export type Mailer = {
  /** True once the mail server has taken it, false if it hasn't; that is reported, and nothing is thrown. Takes 10 s at most to connect. */
  send(letter: Letter): Promise<boolean>
}

/** How long a mail server may be silent before it is given up, in ms. */
const patience = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 }

/** Sends by the server at `url` (smtp:// or smtps://). The library is loaded with the first letter. */
export function openMailer(url: string, from: string, report: (error: unknown) => void): Mailer {
  let opening: Promise<Transporter> | undefined
  const open = async () => {
    const { createTransport } = await import('nodemailer')
    // What the address says in its query comes first.
    return createTransport({ ...patience, url }, { from })
  }
  return {
    async send(letter) {
      try {
        opening ??= open()
        await (await opening).sendMail(letter)
        return true
      } catch (error) {
        report(error)
        return false
      }
    },
  }
}
