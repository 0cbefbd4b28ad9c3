import type { ApiClient } from '../tests/api-client.ts'
import { now, pause } from './clock.ts'

export type Posted = { readonly seq: number; readonly sent: number; readonly answered: number }

const text = 'The bridge stays closed until the engineers have looked at it. The trams turn back at the theatre until further notice.'

/** Posts an update; throws unless it is answered with 201. */
export async function post(editor: ApiClient, slug: string, number: number): Promise<Posted> {
  const sent = now()
  const { status, body } = await editor.publish(slug, `Update ${number}. ${text}`)
  if (status !== 201) throw new Error(`an update was answered with ${status}`)
  return { seq: (body as { seq: number }).seq, sent, answered: now() }
}

/** Posts so many updates evenly over so many ms, whether those before are answered or not. */
export async function postEvenly(editor: ApiClient, slug: string, count: number, overMs: number): Promise<Posted[]> {
  const begin = now()
  const posting: Promise<Posted>[] = []
  for (let number = 1; number <= count; number += 1) {
    await pause(begin + ((number - 1) * overMs) / count - now())
    posting.push(post(editor, slug, number))
  }
  return Promise.all(posting)
}
