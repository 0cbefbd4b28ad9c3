'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Dialog } from '#components/ui/dialog.client.tsx'
import { Field } from '#components/ui/field.tsx'
import { type StoryPerson, type StoryRole, storyRole } from '#lib/story/desk.ts'
import { choosePerson, readStoryPeople } from './desk-api.client.ts'
import { useDesk } from './desk-frame.client.tsx'
import { FailureNotice } from './failure-notice.tsx'
import { Loaded } from './loaded.client.tsx'
import styles from './story-people.module.css'
import { useWriting } from './use-writing.client.ts'

/** The window in which people are added to a story, or get more to do in it. */
export function StoryPeople({ onClose }: { onClose: () => void }) {
  const t = useTranslations('desk.people')
  const close = useTranslations('desk')('close')
  const { story } = useDesk()
  return (
    <Dialog title={t('title')} closeLabel={close} onClose={onClose} size="page">
      <p>{t('intro')}</p>
      <Loaded read={() => readStoryPeople(story.slug)}>
        {({ people }) => (
          <ul className={styles.list}>
            {people.map((person) => (
              <Row key={person.id} person={person} />
            ))}
          </ul>
        )}
      </Loaded>
    </Dialog>
  )
}

/** What each role can be given beyond itself. */
const more: Readonly<Record<string, readonly StoryRole[]>> = { guest: storyRole.options, contributor: ['editor'] }

function Row({ person }: { person: StoryPerson }) {
  const t = useTranslations('desk.people')
  const { story, send, announce } = useDesk()
  const { isSending, failure, run } = useWriting()
  const [given, setGiven] = useState(person.inStory)
  const choices = more[person.role] ?? []
  const choose = async (role: StoryRole | null) => {
    const answered = await run(() => send(() => choosePerson(story.slug, person.id, role)))
    if (answered?.kind !== 'done') return
    setGiven(role)
    announce(t('saved', { name: person.name }))
  }
  return (
    <li className={styles.person}>
      <p>
        <strong>{person.name}</strong>
        <br />
        <span className={styles.facts}>{t('everywhere', { role: person.role })}</span>
      </p>
      {choices.length === 0 ? (
        <p className={styles.facts}>{t('enough')}</p>
      ) : (
        <Field label={t('here', { name: person.name })}>
          {(control) => (
            <select
              {...control}
              value={given ?? ''}
              disabled={isSending}
              onChange={(event) => void choose(choices.find((role) => role === event.target.value) ?? null)}
            >
              <option value="">{t('nothing')}</option>
              {choices.map((role) => (
                <option key={role} value={role}>
                  {t(role)}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      <FailureNotice failure={failure} />
    </li>
  )
}
