'use client'

import { useTranslations } from 'use-intl'
import { v4 as uuidv4 } from 'uuid'
import { z } from 'zod'
import { Field } from '#components/ui/field.tsx'
import { stateOf } from '#lib/story/known.ts'
import { type Question, questionState } from '#lib/story/question.ts'
import type { Update } from '#lib/story/update.ts'
import { useDesk } from './desk-frame.client.tsx'
import { beginOn, factVersion, Meanwhile } from './fact-version.tsx'
import { answerQuestion, raiseQuestion, reviseQuestion } from './facts-api.client.ts'
import { FormDialog } from './form-dialog.client.tsx'
import { TextField } from './text-field.client.tsx'
import { UpdateChoice } from './update-choice.client.tsx'
import { useFactForm } from './use-fact-form.client.ts'

/** What is being typed, with the key that makes it one question however often it is sent. */
const keptQuestion = factVersion.extend({ key: z.string(), text: z.string(), updates: z.array(z.string()) })

type Props = {
  /** The one that is changed; without it one is raised. */
  question?: Question
  updates: readonly Update[]
  onClose: () => void
}

/** Says what nobody knows yet. What is typed is kept in the browser until it is sent. */
export function QuestionDialog({ question, updates, onClose }: Props) {
  const t = useTranslations('desk.claims')
  const { story, personId } = useDesk()
  const name = `staytuned.question.${personId}.${story.slug}.${question?.id ?? 'new'}`
  const begin = () => ({ ...beginOn(question?.version ?? 0), key: uuidv4(), text: question?.text ?? '', updates: question?.updates ?? [] })
  const { text, keep, sending } = useFactForm(name, keptQuestion, begin)
  const set = (change: Partial<typeof text>) => keep({ ...text, ...change, key: uuidv4() })
  const write = () => {
    const asked = { text: text.text, updates: text.updates }
    return question ? reviseQuestion(story.slug, question.id, text.version, asked) : raiseQuestion(story.slug, asked, text.key)
  }
  const words = question
    ? { title: t('editQuestionTitle'), submit: t('save'), busy: t('saving'), done: t('questionSaved') }
    : { title: t('newQuestionTitle'), submit: t('raise'), busy: t('raising'), done: t('raised') }
  return (
    <FormDialog words={words} write={write} {...sending} onClose={onClose}>
      {({ isSending, errorAt }) => (
        <>
          {question && (
            <Meanwhile begun={text.begun} now={question.version}>
              {t('reads', { text: question.text })}
            </Meanwhile>
          )}
          <TextField
            label={t('question')}
            hint={t('questionHint')}
            error={errorAt('text', t('question'))}
            value={text.text}
            onChange={(asked) => set({ text: asked })}
            longest={300}
            rows={2}
            lang={story.language}
            isReadOnly={isSending}
          />
          <UpdateChoice
            legend={t('comesFrom')}
            updates={updates}
            chosen={text.updates}
            onChange={(chosen) => set({ updates: chosen })}
            error={errorAt('updates', t('comesFrom'))}
            isReadOnly={isSending}
          />
        </>
      )}
    </FormDialog>
  )
}

const keptAnswer = factVersion.extend({ state: questionState, note: z.string(), updates: z.array(z.string()) })

/** Says what became of a question: its answer, that there will be none, or that it is open again. */
export function AnswerDialog({ question, updates, onClose }: Props & { question: Question }) {
  const t = useTranslations('desk.claims')
  const words = useTranslations('known.state')
  const { story, personId } = useDesk()
  const isOpen = stateOf(question) === 'open'
  const states = questionState.options.filter((state) => state !== (isOpen ? 'open' : stateOf(question)))
  const begin = (): z.infer<typeof keptAnswer> => ({ ...beginOn(question.version), state: isOpen ? 'answered' : 'open', note: '', updates: [] })
  const { text, keep, sending } = useFactForm(`staytuned.answer.${personId}.${question.id}`, keptAnswer, begin)
  const set = (change: Partial<typeof text>) => keep({ ...text, ...change })
  return (
    <FormDialog
      words={{ title: t('answerTitle'), submit: t('answer'), busy: t('saving'), done: t('answered') }}
      write={() => answerQuestion(story.slug, question.id, text.version, { state: text.state, note: text.note, updates: text.updates })}
      {...sending}
      onClose={onClose}
    >
      {({ isSending, errorAt }) => (
        <>
          <p lang={story.language}>{question.text}</p>
          <Meanwhile begun={text.begun} now={question.version}>
            {t('meanwhile', { standing: words(stateOf(question)) })}
          </Meanwhile>
          <Field label={t('state')} error={errorAt('state', t('state'))}>
            {(control) => (
              <select
                {...control}
                value={text.state}
                disabled={isSending}
                onChange={(event) => set({ state: questionState.parse(event.target.value) })}
              >
                {states.map((each) => (
                  <option key={each} value={each}>
                    {words(each)}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <TextField
            label={t('note')}
            hint={t(`noteHint.${text.state}`)}
            error={errorAt('note', t('note'))}
            value={text.note}
            onChange={(note) => set({ note })}
            longest={500}
            rows={2}
            lang={story.language}
            isReadOnly={isSending}
          />
          <UpdateChoice
            legend={t('answeredIn')}
            updates={updates}
            chosen={text.updates}
            onChange={(chosen) => set({ updates: chosen })}
            error={errorAt('updates', t('answeredIn'))}
            isReadOnly={isSending}
          />
        </>
      )}
    </FormDialog>
  )
}
