'use client'

import { createContext, type ReactNode, useContext, useMemo, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Dialog } from '#components/ui/dialog.client.tsx'
import type { Powers } from '#lib/story/desk.ts'
import type { Story } from '#lib/story/story.ts'
import { type Answered, isProblem, signedInPerson } from './desk-api.client.ts'
import { SignInForm } from './sign-in-form.client.tsx'

export type Desk = {
  readonly story: Story
  readonly personId: string
  readonly can: Powers
  /** Sends a write. If the session has ended, asks to sign in and sends it again. */
  readonly send: <Answer>(write: () => Promise<Answered<Answer>>) => Promise<Answered<Answer>>
  /** Says something to whoever can't see that it happened. */
  readonly announce: (words: string) => void
  /** Reads anew what the desk shows, after a write. Without a network nothing changes. */
  readonly refresh: () => void
  /** The session was found to have ended, and nobody has signed in since. */
  readonly isSignedOut: boolean
  /** Asks to sign in; true once somebody has. */
  readonly askToSignIn: () => Promise<boolean>
}

const DeskContext = createContext<Desk | null>(null)

export function useDesk(): Desk {
  const desk = useContext(DeskContext)
  if (!desk) throw new Error('this belongs inside a DeskFrame')
  return desk
}

type Props = Pick<Desk, 'story' | 'personId' | 'can' | 'refresh' | 'isSignedOut'> & { children: ReactNode }
type Asked = (isSignedIn: boolean) => void

/** What every part of a story's desk works with; and the window that asks to sign in again, above all of them. */
export function DeskFrame({ story, personId, can, refresh, isSignedOut, children }: Props) {
  const t = useTranslations('desk')
  const [announced, announce] = useState('')
  /** Whoever waits for somebody to sign in. */
  const [asking, setAsking] = useState<readonly Asked[]>([])

  const desk = useMemo((): Desk => {
    const signedInAgain = () => new Promise<boolean>((resolve) => setAsking((others) => [...others, resolve]))
    // What one person has written isn't sent under the name of another who signs in here.
    const isStillHere = async () => {
      const answered = await signedInPerson()
      return answered.kind === 'person' && answered.id === personId
    }
    const send: Desk['send'] = async (write) => {
      const answered = await write()
      return isProblem(answered, 'sign-in-needed') && (await signedInAgain()) && (await isStillHere()) ? send(write) : answered
    }
    return {
      story,
      personId,
      can,
      send,
      announce,
      refresh,
      isSignedOut,
      askToSignIn: signedInAgain,
    }
  }, [story, personId, can, refresh, isSignedOut])

  const answer = (isSignedIn: boolean) => {
    for (const asked of asking) asked(isSignedIn)
    setAsking([])
    if (isSignedIn) refresh()
  }

  return (
    <DeskContext value={desk}>
      {children}
      <p className="visually-hidden" role="status">
        {announced}
      </p>
      {asking.length > 0 && (
        <Dialog title={t('signIn.againTitle')} closeLabel={t('close')} onClose={() => answer(false)}>
          <SignInForm intro={t('signIn.again')} onSignedIn={() => answer(true)} />
        </Dialog>
      )}
    </DeskContext>
  )
}
