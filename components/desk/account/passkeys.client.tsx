'use client'

import { type FormEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.client.tsx'
import { Field } from '#components/ui/field.tsx'
import { useMoment } from '#components/ui/moment.tsx'
import type { ListedPasskey } from '#lib/people/account.ts'
import { type Answered, isProblem } from '../desk-api.client.ts'
import { FailureNotice, Warning } from '../failure-notice.tsx'
import form from '../form.module.css'
import { addPasskey } from '../passkey.client.ts'
import { useWriting } from '../use-writing.client.ts'
import styles from './account.module.css'
import { removePasskey, renamePasskey } from './account-api.client.ts'
import { AskPassword } from './ask-password.client.tsx'

type Open = { readonly kind: 'add' } | { readonly kind: 'rename' | 'remove'; readonly passkey: ListedPasskey }

/** The keys that one can sign in with in place of a password. */
export function Passkeys({ passkeys, onDone }: { passkeys: readonly ListedPasskey[]; onDone: (words: string) => void }) {
  const t = useTranslations('people.passkeys')
  const list = useTranslations('people.list')
  const desk = useTranslations('desk')
  const say = useMoment()
  const [open, setOpen] = useState<Open | null>(null)
  const close = () => setOpen(null)
  const done = (words: string) => {
    close()
    onDone(words)
  }
  const nameOf = (passkey: ListedPasskey) => passkey.name || t('unnamed')
  return (
    <section className={styles.section} aria-label={t('title')}>
      <h2>{t('title')}</h2>
      <p>{t('text')}</p>
      {passkeys.length > 0 && (
        <ul className={styles.list}>
          {passkeys.map((passkey) => (
            <li key={passkey.id} className={styles.row}>
              <p>
                <strong>{nameOf(passkey)}</strong>
                {passkey.createdAt && <span>{t('addedAt', { time: say(passkey.createdAt, 'time-and-zone') })}</span>}
              </p>
              <div>
                <Button
                  look="quiet"
                  aria-label={list('about', { action: t('rename'), name: nameOf(passkey) })}
                  onClick={() => setOpen({ kind: 'rename', passkey })}
                >
                  {t('rename')}
                </Button>
                <Button
                  look="quietDanger"
                  aria-label={list('about', { action: t('remove'), name: nameOf(passkey) })}
                  onClick={() => setOpen({ kind: 'remove', passkey })}
                >
                  {t('remove')}
                </Button>
              </div>
            </li>
          ))}
        </ul>
      )}
      <div className={form.buttons}>
        <Button onClick={() => setOpen({ kind: 'add' })}>{t('add')}</Button>
      </div>
      {open?.kind === 'add' && (
        <NamePasskey title={t('add')} name="" action={t('make')} asksPassword send={addPasskey} onDone={() => done(t('added'))} onClose={close} />
      )}
      {open?.kind === 'rename' && (
        <NamePasskey
          title={t('rename')}
          name={open.passkey.name ?? ''}
          action={t('saveName')}
          send={(name) => renamePasskey(open.passkey.id, name)}
          onDone={() => done(t('renamed'))}
          onClose={close}
        />
      )}
      {open?.kind === 'remove' && (
        <Dialog title={t('removeTitle', { name: nameOf(open.passkey) })} closeLabel={desk('close')} onClose={close}>
          <AskPassword
            text={t('removeText')}
            action={t('remove')}
            look="danger"
            send={(password) => removePasskey(open.passkey.id, password)}
            onDone={() => done(t('removed'))}
          />
        </Dialog>
      )}
    </section>
  )
}

type NameProps = {
  title: string
  name: string
  action: string
  /** Whether the current password is asked for too; without, `send` gets an empty one. */
  asksPassword?: boolean
  send: (name: string, password: string) => Promise<Answered<unknown> | { readonly kind: 'refused' }>
  onDone: () => void
  onClose: () => void
}

/** A name to know a passkey by, then whatever is to be done with it. */
function NamePasskey({ title, name, action, asksPassword = false, send, onDone, onClose }: NameProps) {
  const t = useTranslations('people')
  const desk = useTranslations('desk')
  const [isRefused, setIsRefused] = useState(false)
  const { isSending, failure, run, clear } = useWriting()
  const isWrong = failure !== null && isProblem(failure, 'wrong-password')
  const onSubmit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const typed = new FormData(event.currentTarget)
    const typedName = String(typed.get('name')).trim()
    const password = String(typed.get('current') ?? '')
    setIsRefused(false)
    const answered = await run(async () => {
      const sent = await send(typedName, password)
      if (sent.kind !== 'refused') return sent
      setIsRefused(true)
      return { kind: 'unreachable' }
    })
    if (answered?.kind === 'done') onDone()
  }
  return (
    <Dialog title={title} closeLabel={desk('close')} onClose={onClose}>
      <form method="post" className={form.form} onSubmit={onSubmit}>
        <Field label={t('passkeys.name')} hint={t('passkeys.nameHint')}>
          {(control) => <input {...control} name="name" required maxLength={60} autoComplete="off" defaultValue={name} onChange={clear} />}
        </Field>
        {asksPassword && (
          <Field label={t('account.currentPassword')} error={isWrong ? t('account.wrongPassword') : null}>
            {(control) => (
              <input {...control} type="password" name="current" autoComplete="current-password" required maxLength={128} onChange={clear} />
            )}
          </Field>
        )}
        {isRefused && <Warning text={t('passkeys.refused')} />}
        {!isRefused && !isWrong && <FailureNotice failure={failure} unreachable={t('accept.unreachable')} />}
        <div className={form.buttons}>
          <Button type="submit" look="main" isBusy={isSending}>
            {action}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
