import Head from 'next/head'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '#components/ui/button.tsx'
import { useMoment } from '#components/ui/moment.tsx'
import { StandingMark } from '#components/ui/standing-mark.tsx'
import { WordDiff } from '#components/ui/word-diff.tsx'
import type { Comparison } from '#lib/reading/read-comparison.ts'
import { bodyText } from '#lib/story/body-text.ts'
import type { Claim } from '#lib/story/claim.ts'
import { currentAssessment, standingOf, stateOf } from '#lib/story/known.ts'
import { directionOf } from '#lib/story/language.ts'
import { lineOf } from '#lib/story/line-of.ts'
import type { Story } from '#lib/story/story.ts'
import type { Update } from '#lib/story/update.ts'
import { MomentSlider } from './moment-slider.client.tsx'
import { comparisonAddress, momentAddress, storyAddress, updateAddress } from './story-address.ts'
import asOf from './story-as-of.module.css'
import styles from './story-comparison.module.css'

/** What happened to a story between two moments: what was added, changed, taken down and assessed anew. */
export function StoryComparison(comparison: Comparison) {
  const { story, from, to, begun, last, claims, questions, updates, publishedCount, isFirstPage, next } = comparison
  const t = useTranslations('compare')
  const states = useTranslations('known.state')
  const say = useMoment()
  const written = { lang: story.language, dir: directionOf(story.language) }
  const title = t('title', { from: say(from, 'day-and-time'), to: say(to, 'day-and-time') })
  const facts = [
    comparison.storyChange && <StoryChange key="story" {...comparison.storyChange} />,
    <Group key="claims" title={t('claims')}>
      {[
        ...claims.added.map((claim) => <ClaimChange key={claim.id} claim={claim} />),
        ...claims.changed.map(({ before, after }) => <ClaimChange key={after.id} before={before} claim={after} />),
        ...claims.removed.map(({ id, statement }) => (
          <li key={id}>
            {t('noLonger')} <span {...written}>{statement}</span>
          </li>
        )),
      ]}
    </Group>,
    <Group key="questions" title={t('questions')}>
      {[
        ...[...questions.added, ...questions.changed.map(({ after }) => after)].map((question) => (
          <li key={question.id}>
            <strong>{states(stateOf(question))}</strong> <span {...written}>{question.text}</span>
          </li>
        )),
        ...questions.removed.map(({ id, text }) => (
          <li key={id}>
            {t('noLonger')} <span {...written}>{text}</span>
          </li>
        )),
      ]}
    </Group>,
  ]
  // A page is chosen by the latest change; its new updates are listed by the time of publication.
  const added = updates.flatMap(({ before, after }) => (before ? [] : [after])).toSorted((one, other) => other.seq - one.seq)
  const isNothing =
    updates.length === 0 &&
    next === null &&
    comparison.storyChange === null &&
    [claims, questions].every(({ added, changed, removed }) => added.length + changed.length + removed.length === 0)
  return (
    <div data-awake="false">
      <Head>
        <title key="title">{`${title}: ${story.headline}`}</title>
        <meta name="robots" content="noindex" />
      </Head>
      <aside className={asOf.mark} aria-label={t('label')}>
        <p className={asOf.when} suppressHydrationWarning>
          <strong>{title}</strong>
        </p>
        <p>
          <a href={storyAddress(story.slug)} {...written}>
            {story.headline}
          </a>
        </p>
        <form className={styles.choice} action={comparisonAddress(story.slug)}>
          <MomentSlider label={t('from')} name="from" at={from} from={begun} to={last} />
          <MomentSlider label={t('to')} name="to" at={to} from={begun} to={last} />
          <Button type="submit">{t('show')}</Button>
        </form>
        <nav className={asOf.ways} aria-label={t('ways')}>
          <a href={momentAddress(story.slug, from)}>{t('atFrom')}</a>
          <a href={momentAddress(story.slug, to)}>{t('atTo')}</a>
        </nav>
      </aside>
      <h1 className="visually-hidden">{title}</h1>
      {isNothing && isFirstPage && <p className={asOf.none}>{t('nothing')}</p>}
      {isFirstPage && facts}
      <Group title={t('changed')}>
        {updates.flatMap(({ before, after }) => (before ? [<UpdateChange key={after.id} story={story} before={before} after={after} />] : []))}
      </Group>
      <Group title={t('added', { count: publishedCount })}>
        {added.map((update) => (
          <li key={update.id}>
            <UpdateLink story={story} update={update} />
          </li>
        ))}
      </Group>
      {(!isFirstPage || next !== null) && (
        <nav className={asOf.ways} aria-label={t('pages')}>
          {!isFirstPage && <a href={comparisonAddress(story.slug, { from, to })}>{t('newest')}</a>}
          {next !== null && <a href={comparisonAddress(story.slug, { from, to, before: String(next) })}>{t('older')}</a>}
        </nav>
      )}
    </div>
  )
}

function Group({ title, children }: { title: string; children: ReactNode[] }) {
  if (children.length === 0) return null
  return (
    <section className={styles.group}>
      <h2>{title}</h2>
      <ul>{children}</ul>
    </section>
  )
}

/** What the story says of itself, where that was changed. */
function StoryChange({ before, after }: { before: Story; after: Story }) {
  const t = useTranslations('compare')
  const status = useTranslations('story.status')
  const written = { lang: after.language, dir: directionOf(after.language) }
  const texts = (['headline', 'standfirst', 'closingSummary'] as const).filter((field) => before[field] !== after[field])
  return (
    <Group title={t('story')}>
      {[
        ...texts.map((field) => (
          <li key={field} {...written}>
            <WordDiff before={before[field]} after={after[field]} show="both" />
          </li>
        )),
        ...(before.status === after.status ? [] : [<li key="status">{`${status(before.status)} → ${status(after.status)}`}</li>]),
      ]}
    </Group>
  )
}

function ClaimChange({ before, claim }: { before?: Claim; claim: Claim }) {
  const { reason } = currentAssessment(claim)
  return (
    <li>
      {before && standingOf(before) !== standingOf(claim) && (
        <>
          <StandingMark standing={standingOf(before)} />
          {' → '}
        </>
      )}
      <StandingMark standing={standingOf(claim)} /> {claim.claimant.name}:{' '}
      {before && before.statement !== claim.statement ? <WordDiff before={before.statement} after={claim.statement} show="both" /> : claim.statement}
      {reason && <span className={styles.facts}>{reason}</span>}
    </li>
  )
}

function UpdateLink({ story, update }: { story: Story; update: Update }) {
  const say = useMoment()
  const t = useTranslations('compare')
  const language = update.language ?? story.language
  return (
    <a href={updateAddress(story.slug, update.id)}>
      <span className={styles.facts} suppressHydrationWarning>
        {say(update.publishedAt, 'day-and-time')}
      </span>
      <span lang={language} dir={directionOf(language)}>
        {update.withdrawal ? t('withdrawn', { notice: update.withdrawal.notice }) : lineOf(update).text}
      </span>
    </a>
  )
}

/** What an update said and what it then said, or that it was taken down. */
function UpdateChange({ story, before, after }: { story: Story; before: Update; after: Update }) {
  const t = useTranslations('compare')
  const language = after.language ?? story.language
  const corrections = after.corrections.slice(before.corrections.length)
  const texts = [
    [before.title ?? '', after.title ?? ''],
    [bodyText(before.body), bodyText(after.body)],
  ] as const
  const differ = texts.filter(([one, other]) => one !== other)
  return (
    <li>
      <UpdateLink story={story} update={after} />
      {corrections.map(({ version, note }) => (
        <p key={version} className={styles.note}>
          {t('corrected', { note })}
        </p>
      ))}
      {after.withdrawal === null && (
        <div className={styles.texts} lang={language} dir={directionOf(language)}>
          {differ.map(([one, other]) => (
            <p key={other}>
              <WordDiff before={one} after={other} show="both" />
            </p>
          ))}
          {differ.length === 0 && <p className={styles.facts}>{t('otherwise')}</p>}
        </div>
      )}
    </li>
  )
}
