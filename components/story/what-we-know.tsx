import { ChevronDown } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { flushSync } from 'react-dom'
import { useFormatter, useTimeZone, useTranslations } from 'use-intl'
import { useMoment } from '#components/ui/moment.tsx'
import { StandingMark } from '#components/ui/standing-mark.tsx'
import { dayIn } from '#components/ui/time-of-zone.ts'
import type { Assessment, Claim } from '#lib/story/claim.ts'
import { currentAssessment, sortKnown, stateOf } from '#lib/story/known.ts'
import { directionOf } from '#lib/story/language.ts'
import type { Question } from '#lib/story/question.ts'
import type { View } from '#lib/story/view.ts'
import { updateAddress } from './story-address.ts'
import styles from './what-we-know.module.css'

type Seen = Pick<View, 'story' | 'updates' | 'claims' | 'questions'>

/** What is known, what is claimed and by whom, and what nobody knows yet. On a phone, where there's a script, it is folded up to a line of numbers. */
export function WhatWeKnow({ view }: { view: Seen }) {
  const t = useTranslations('known')
  const [isOpen, setOpen] = useState(false)
  useEffect(() => onTarget(() => setOpen(true)), [])
  const { known, claimed, notKnown, over, settled } = sortKnown(view)
  const counts = [
    known.length > 0 && t('counts.known', { count: known.length }),
    claimed.length > 0 && t('counts.claimed', { count: claimed.length }),
    notKnown.length > 0 && t('counts.notKnown', { count: notKnown.length }),
    over.length + settled.length > 0 && t('counts.settled', { count: over.length + settled.length }),
  ].filter(Boolean)
  const claimIn = (claim: Claim) => <ClaimLine key={claim.id} claim={claim} view={view} />
  const questionIn = (question: Question) => <QuestionLine key={question.id} question={question} view={view} />
  if (view.claims.length + view.questions.length === 0) return null
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: beside the timeline it scrolls, and there may be nothing in it that takes the focus.
    <section className={styles.panel} aria-labelledby="what-we-know" tabIndex={0}>
      <h2 id="what-we-know" className={styles.title}>
        {t('title')}
      </h2>
      <button type="button" className={styles.fold} aria-expanded={isOpen} aria-controls="all-we-know" onClick={() => setOpen(!isOpen)}>
        <ChevronDown aria-hidden size={16} />
        {counts.join(' · ')}
      </button>
      <div id="all-we-know" className={styles.all} data-open={isOpen}>
        <Group title={t('headings.known')}>{known.map(claimIn)}</Group>
        <Group title={t('headings.claimed')}>{claimed.map(claimIn)}</Group>
        <Group title={t('headings.notKnown')}>{notKnown.map(questionIn)}</Group>
        <Group title={t('headings.over')}>{over.map(claimIn)}</Group>
        <Group title={t('headings.settled')}>{settled.map(questionIn)}</Group>
      </div>
    </section>
  )
}

function Group({ title, children }: { title: string; children: ReactNode[] }) {
  if (children.length === 0) return null
  return (
    <div className={styles.group}>
      <h3>{title}</h3>
      <ul>{children}</ul>
    </div>
  )
}

function ClaimLine({ claim, view }: { claim: Claim; view: Seen }) {
  const t = useTranslations('known')
  const since = useFactTime(view)
  const written = writtenIn(view)
  const now = currentAssessment(claim)
  const { name, role, place } = claim.claimant
  return (
    <li id={`claim-${claim.id}`} className={styles.line}>
      <p className={styles.statement} {...written}>
        <Linked slug={view.story.slug} to={claim.updates[0]}>
          {claim.statement}
        </Linked>
      </p>
      <p className={styles.facts} suppressHydrationWarning>
        <span {...written}>{[name, role, place].filter(Boolean).join(', ')}</span>
        {claim.claimedAt && `, ${t('said', { time: since(claim.claimedAt) })}`}
      </p>
      <p className={styles.stands} suppressHydrationWarning>
        <StandingMark standing={now.standing} />, {since(now.at)}
      </p>
      <Grounds assessment={now} view={view} />
      <Earlier
        steps={claim.assessments.slice(0, -1)}
        say={({ standing, at }) => t('stands', { standing: t(`standing.${standing}`), time: since(at) })}
        rest={(assessment) => <Grounds assessment={assessment} view={view} />}
      />
    </li>
  )
}

/** Why a claim stands so: the newsroom's reason, who says it, and the updates that it rests on. */
function Grounds({ assessment: { reason, sources, soleSource, updates }, view }: { assessment: Assessment; view: Seen }) {
  const t = useTranslations('known')
  const { list } = useFormatter()
  const written = writtenIn(view)
  return (
    <>
      {reason && (
        <p className={styles.reason} {...written}>
          {reason}
        </p>
      )}
      {sources.length > 0 && <p className={styles.facts}>{t('sources', { names: list(sources) })}</p>}
      {soleSource && <p className={styles.facts}>{t('soleSource', { reason: soleSource })}</p>}
      <UpdateLinks ids={updates} view={view} />
    </>
  )
}

function QuestionLine({ question, view }: { question: Question; view: Seen }) {
  const t = useTranslations('known')
  const since = useFactTime(view)
  const written = writtenIn(view)
  const now = question.answers.at(-1)
  const state = stateOf(question)
  const noteOf = (note: string) =>
    note && (
      <p className={styles.reason} {...written}>
        {note}
      </p>
    )
  return (
    <li id={`question-${question.id}`} className={styles.line}>
      <p className={styles.statement} {...written}>
        <Linked slug={view.story.slug} to={question.updates[0]}>
          {question.text}
        </Linked>
      </p>
      <p className={styles.facts} suppressHydrationWarning>
        {now && state !== 'open'
          ? t('stands', { standing: t(`state.${state}`), time: since(now.at) })
          : t('asked', { time: since(question.askedAt) })}
      </p>
      {now && noteOf(now.note)}
      {now && <UpdateLinks ids={now.updates} view={view} />}
      <Earlier
        steps={question.answers.slice(0, -1)}
        say={({ state, at }) => t('stands', { standing: t(`state.${state}`), time: since(at) })}
        rest={({ note }) => noteOf(note)}
      />
    </li>
  )
}

type EarlierProps<Step> = { steps: readonly Step[]; say: (step: Step) => string; rest: (step: Step) => ReactNode }

/** How something stood before, newest first, folded up. */
function Earlier<Step extends { readonly at: string }>({ steps, say, rest }: EarlierProps<Step>) {
  const t = useTranslations('known')
  if (steps.length === 0) return null
  return (
    <details className={styles.history}>
      <summary>{t('history', { count: steps.length })}</summary>
      <ol reversed>
        {steps.toReversed().map((step) => (
          <li key={step.at}>
            <p suppressHydrationWarning>{say(step)}</p>
            {rest(step)}
          </li>
        ))}
      </ol>
    </details>
  )
}

function Linked({ slug, to, children }: { slug: string; to: string | undefined; children: string }) {
  return to === undefined ? children : <a href={updateAddress(slug, to)}>{children}</a>
}

/** Links to updates, those that are on the page by their times. */
function UpdateLinks({ ids, view }: { ids: readonly string[]; view: Seen }) {
  const t = useTranslations('known')
  const since = useFactTime(view)
  if (ids.length === 0) return null
  return (
    <p className={styles.links}>
      {ids.map((id) => {
        const update = view.updates.find((each) => each.id === id)
        return (
          <a key={id} href={updateAddress(view.story.slug, id)} suppressHydrationWarning>
            {update ? t('update', { time: since(update.publishedAt) }) : t('otherUpdate')}
          </a>
        )
      })}
    </p>
  )
}

function writtenIn({ story: { language } }: Seen): { lang: string; dir: 'ltr' | 'rtl' } {
  return { lang: language, dir: directionOf(language) }
}

/** Says when something became of a claim or a question: by the time alone, while all of it was on one day. */
function useFactTime({ claims, questions }: Seen): (at: string) => string {
  const say = useMoment()
  const timeZone = useTimeZone() ?? 'UTC'
  const times = [...claims.flatMap(({ assessments }) => assessments.map(({ at }) => at)), ...questions.map(({ askedAt }) => askedAt)]
  const isOneDay = new Set(times.map((at) => dayIn(at, timeZone))).size < 2
  return (at) => say(at, isOneDay ? 'time' : 'day-and-time')
}

/** Calls back when the page is asked for a line of the panel, which is then brought into sight; until what it answers is called. */
function onTarget(open: () => void): () => void {
  const look = () => {
    const id = window.location.hash.slice(1)
    if (!/^(claim|question)-/.test(id)) return
    flushSync(open)
    document.getElementById(id)?.scrollIntoView()
  }
  // Not while React is at work.
  const timer = setTimeout(look)
  window.addEventListener('hashchange', look)
  return () => {
    clearTimeout(timer)
    window.removeEventListener('hashchange', look)
  }
}
