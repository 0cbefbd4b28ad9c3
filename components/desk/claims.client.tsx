'use client'

import { type DragEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '#components/ui/button.tsx'
import { useMoment } from '#components/ui/moment.tsx'
import { StandingMark } from '#components/ui/standing-mark.tsx'
import { type Claim, type Standing, standings } from '#lib/story/claim.ts'
import { currentAssessment, standingOf, stateOf } from '#lib/story/known.ts'
import type { Question } from '#lib/story/question.ts'
import type { View } from '#lib/story/view.ts'
import { AssessDialog } from './assess-dialog.client.tsx'
import { ClaimDialog } from './claim-dialog.client.tsx'
import styles from './claims.module.css'
import { Command } from './commands.client.tsx'
import { useDesk } from './desk-frame.client.tsx'
import { EraseButton } from './erase-button.client.tsx'
import { withdrawClaim, withdrawQuestion } from './facts-api.client.ts'
import { NoticeDialog } from './notice-dialog.client.tsx'
import { AnswerDialog, QuestionDialog } from './question-dialog.client.tsx'

type Asked =
  | { readonly kind: 'new claim' | 'new question' }
  | { readonly kind: 'edit claim' | 'withdraw claim'; readonly claim: Claim }
  | { readonly kind: 'assess'; readonly claim: Claim; readonly chosen: Standing | null }
  | { readonly kind: 'edit question' | 'answer' | 'withdraw question'; readonly question: Question }

type Act = (asked: Asked) => void

type Props = {
  view: View
  /** It has a page to itself. */
  isBoard?: boolean
}

/** What is claimed in the story, by how it stands, and what nobody knows yet; and all that can be done with it. */
export function Claims({ view: { claims, questions, updates }, isBoard = false }: Props) {
  const t = useTranslations('desk.claims')
  const { story, can } = useDesk()
  const [asked, setAsked] = useState<Asked | null>(null)
  return (
    <div className={styles.claims}>
      {isBoard && <h2 className={styles.heading}>{t('title')}</h2>}
      <p className={styles.intro}>{t('intro')}</p>
      {can.keepsClaims && (
        <div className={styles.ways}>
          <Command label={t('new')} onRun={() => setAsked({ kind: 'new claim' })} />
          <Command label={t('newQuestion')} onRun={() => setAsked({ kind: 'new question' })} />
          <Button onClick={() => setAsked({ kind: 'new claim' })}>{t('new')}</Button>
          <Button onClick={() => setAsked({ kind: 'new question' })}>{t('newQuestion')}</Button>
          <a className={styles.way} href={`/admin/stories/${story.slug}${isBoard ? '' : '/claims'}`}>
            {t(isBoard ? 'desk' : 'board')}
          </a>
        </div>
      )}
      {claims.length === 0 && <p className={styles.none}>{t('none')}</p>}
      {claims.length > 0 && <Board claims={claims} act={setAsked} />}
      <Questions questions={questions} act={setAsked} />
      {asked && <Window asked={asked} updates={updates} claims={claims} questions={questions} onClose={() => setAsked(null)} />}
    </div>
  )
}

/** The claims in a column for each way to stand. A card that is dragged into another asks for the reason. */
function Board({ claims, act }: { claims: readonly Claim[]; act: Act }) {
  const t = useTranslations('desk.claims')
  const { can } = useDesk()
  const [over, setOver] = useState<Standing | null>(null)
  const allow = (standing: Standing) => (event: DragEvent) => {
    if (!can.keepsClaims || !event.dataTransfer.types.includes(dragged)) return
    event.preventDefault()
    setOver(standing)
  }
  const drop = (standing: Standing) => (event: DragEvent) => {
    setOver(null)
    const claim = claims.find(({ id }) => id === event.dataTransfer.getData(dragged))
    if (!claim || standingOf(claim) === standing) return
    event.preventDefault()
    act({ kind: 'assess', claim, chosen: standing })
  }
  return (
    <div className={styles.board}>
      {standings.map((standing) => {
        const standingSo = claims.filter((claim) => standingOf(claim) === standing).toReversed()
        return (
          // biome-ignore lint/a11y/noStaticElementInteractions: what is dropped here can be chosen in each card's window as well.
          <div
            key={standing}
            className={styles.column}
            data-column={standing}
            data-empty={standingSo.length === 0 || undefined}
            data-over={over === standing || undefined}
            onDragOver={allow(standing)}
            onDragLeave={() => setOver(null)}
            onDrop={drop(standing)}
          >
            <h3>
              <StandingMark standing={standing} /> <span className={styles.count}>{standingSo.length}</span>
            </h3>
            <ul>
              {standingSo.map((claim) => (
                <ClaimCard key={claim.id} claim={claim} act={act} />
              ))}
            </ul>
            {standingSo.length === 0 && <p className={styles.hint}>{t('noneSo')}</p>}
          </div>
        )
      })}
    </div>
  )
}

/** The type that a card is dragged as. */
const dragged = 'application/x-staytuned-claim'

function ClaimCard({ claim, act }: { claim: Claim; act: Act }) {
  const t = useTranslations('desk.claims')
  const say = useMoment()
  const { story, can } = useDesk()
  const { at, reason } = currentAssessment(claim)
  const { name, role, place } = claim.claimant
  const about = `claim-${claim.id}`
  return (
    <li
      className={styles.card}
      draggable={can.keepsClaims}
      onDragStart={(event) => {
        event.dataTransfer.setData(dragged, claim.id)
        event.dataTransfer.effectAllowed = 'move'
      }}
    >
      <p id={about} className={styles.statement} lang={story.language}>
        {claim.statement}
      </p>
      <p className={styles.facts}>{[name, role, place].filter(Boolean).join(', ')}</p>
      <p className={styles.facts}>{[say(at, 'day-and-time'), reason].filter(Boolean).join(': ')}</p>
      {can.keepsClaims && (
        <div className={styles.actions}>
          <Button look="quiet" aria-describedby={about} onClick={() => act({ kind: 'assess', claim, chosen: null })}>
            {t('assess')}
          </Button>
          <Button look="quiet" aria-describedby={about} onClick={() => act({ kind: 'edit claim', claim })}>
            {t('edit')}
          </Button>
          <Button look="quietDanger" aria-describedby={about} onClick={() => act({ kind: 'withdraw claim', claim })}>
            {t('withdraw')}
          </Button>
          <EraseButton kind="claim" id={claim.id} title={claim.statement} describedBy={about} />
        </div>
      )}
    </li>
  )
}

function Questions({ questions, act }: { questions: readonly Question[]; act: Act }) {
  const t = useTranslations('desk.claims')
  const words = useTranslations('known.state')
  const say = useMoment()
  const { story, can } = useDesk()
  return (
    <section className={styles.questions} aria-labelledby="questions">
      <h3 id="questions">{t('questions')}</h3>
      {questions.length === 0 && <p className={styles.none}>{t('noQuestions')}</p>}
      <ul>
        {questions.toReversed().map((question) => {
          const about = `question-${question.id}`
          const last = question.answers.at(-1)
          return (
            <li key={question.id} className={styles.card}>
              <p id={about} className={styles.statement} lang={story.language}>
                {question.text}
              </p>
              <p className={styles.facts}>
                <strong>{words(stateOf(question))}</strong>, {say(last?.at ?? question.askedAt, 'day-and-time')}
                {last?.note && `: ${last.note}`}
              </p>
              {can.keepsClaims && (
                <div className={styles.actions}>
                  <Button look="quiet" aria-describedby={about} onClick={() => act({ kind: 'answer', question })}>
                    {t(stateOf(question) === 'open' ? 'answer' : 'answerAgain')}
                  </Button>
                  <Button look="quiet" aria-describedby={about} onClick={() => act({ kind: 'edit question', question })}>
                    {t('edit')}
                  </Button>
                  <Button look="quietDanger" aria-describedby={about} onClick={() => act({ kind: 'withdraw question', question })}>
                    {t('withdraw')}
                  </Button>
                  <EraseButton kind="question" id={question.id} title={question.text} describedBy={about} />
                </div>
              )}
            </li>
          )
        })}
      </ul>
    </section>
  )
}

type WindowProps = Pick<View, 'updates' | 'claims' | 'questions'> & { asked: Asked; onClose: () => void }

/**
 * The window for what is to be done, with what it is done to as that is now: a colleague may have changed it since it was opened. What
 * can't be undone is done only to what was seen.
 */
function Window({ asked, updates, claims, questions, onClose }: WindowProps) {
  switch (asked.kind) {
    case 'new claim':
      return <ClaimDialog updates={updates} onClose={onClose} />
    case 'new question':
      return <QuestionDialog updates={updates} onClose={onClose} />
    case 'edit claim':
      return <ClaimDialog claim={latest(claims, asked.claim)} updates={updates} onClose={onClose} />
    case 'assess':
      return <AssessDialog claim={latest(claims, asked.claim)} chosen={asked.chosen} updates={updates} onClose={onClose} />
    case 'withdraw claim':
      return <WithdrawFact kind="claim" fact={asked.claim} title={asked.claim.statement} onClose={onClose} />
    case 'edit question':
      return <QuestionDialog question={latest(questions, asked.question)} updates={updates} onClose={onClose} />
    case 'answer':
      return <AnswerDialog question={latest(questions, asked.question)} updates={updates} onClose={onClose} />
    case 'withdraw question':
      return <WithdrawFact kind="question" fact={asked.question} title={asked.question.text} onClose={onClose} />
  }
}

function latest<Fact extends { readonly id: string }>(facts: readonly Fact[], fact: Fact): Fact {
  return facts.find(({ id }) => id === fact.id) ?? fact
}

type WithdrawProps = { kind: 'claim' | 'question'; fact: { id: string; version: number }; title: string; onClose: () => void }

/** Takes something off the list that never should have been on it. */
function WithdrawFact({ kind, fact: { id, version }, title, onClose }: WithdrawProps) {
  const t = useTranslations('desk.claims.withdrawal')
  const { story, personId } = useDesk()
  const withdraw = kind === 'claim' ? withdrawClaim : withdrawQuestion
  return (
    <NoticeDialog
      words={{
        title: t(`${kind}Title`),
        text: t('text', { title }),
        label: t('notice'),
        hint: t('noticeHint'),
        missing: t('noticeMissing'),
        submit: t('submit'),
        busy: t('busy'),
        done: t(`${kind}Done`),
      }}
      look="danger"
      field="notice"
      keptAs={`staytuned.withdraw.${personId}.${id}`}
      write={(notice) => withdraw(story.slug, id, version, notice)}
      onClose={onClose}
    />
  )
}
