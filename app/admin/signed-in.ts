import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import type { Person } from '#lib/accounts/person.ts'
import { runtime } from '#lib/runtime.ts'

/**
 * Who asks for this page; nobody is sent to sign in and comes back to `here`. Each page of the desk calls it itself: a layout
 * isn't run again when only the page below it is asked for, so it protects nothing.
 */
export async function signedIn(here: string): Promise<Person> {
  const person = await whoAsks()
  return person ?? redirect(`/admin/sign-in?to=${encodeURIComponent(here)}`)
}

export async function whoAsks(): Promise<Person | null> {
  const { person } = await runtime().accounts.identify(await headers())
  return person
}
