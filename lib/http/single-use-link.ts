import type { Letter } from '#lib/mail/mailer.ts'
import { runtime } from '#lib/runtime.ts'

/** Where the page is that a token opens. */
export function linkTo(page: 'invitation' | 'reset', token: string): string {
  return `${runtime().addresses.publicUrl}/admin/${page}/${token}`
}

/** Whether the letter was taken by a mail server; false also where none is set: then whoever asked passes the link on. */
export async function mail(letter: Letter): Promise<boolean> {
  const { mailer } = runtime()
  return mailer !== null && (await mailer.send(letter))
}
