import Head from 'next/head'
import { useTranslations } from 'use-intl'
import { Moment } from '#components/ui/moment.tsx'
import type { Finding, Findings } from '#lib/reading/search-story.ts'
import { directionOf } from '#lib/story/language.ts'
import type { Story } from '#lib/story/story.ts'
import { SearchForm } from './search-form.tsx'
import styles from './search-results.module.css'
import { storyAddress, updateAddress } from './story-address.ts'
import { InZone } from './zone.client.tsx'

type Props = { story: Story; question: string; found: Findings; isFirstPage: boolean }

/** What was found in a story: each finding leads to its place in it. */
export function SearchResults({ story, question, found: { findings, next }, isFirstPage }: Props) {
  const t = useTranslations('story.search')
  const count = findings.length
  const summary = () => {
    if (question.trim() === '') return t('ask')
    return next === null && isFirstPage ? t('found', { count, question }) : t('foundMore', { count, question })
  }
  return (
    <InZone storyZone={story.timeZone}>
      <Head>
        <title key="title">{`${t('title', { question })} – ${story.headline}`}</title>
        <meta name="robots" content="noindex" />
      </Head>
      <header className={styles.header}>
        <h1>
          <a href={storyAddress(story.slug)} lang={story.language} dir={directionOf(story.language)}>
            {story.headline}
          </a>
        </h1>
        <SearchForm slug={story.slug} question={question} />
      </header>
      <p className={styles.summary} role="status">
        {summary()}
      </p>
      {count === 0 && question.trim() !== '' && <p className={styles.hint}>{t('hint')}</p>}
      <ol className={styles.list}>
        {findings.map((finding) => (
          <li key={finding.id}>
            <FoundUpdate story={story} finding={finding} />
          </li>
        ))}
      </ol>
      <nav className={styles.ways}>
        {next !== null && <a href={`/stories/${story.slug}/search?${new URLSearchParams({ q: question, before: next })}`}>{t('more')}</a>}
        <a href={storyAddress(story.slug)}>{t('back')}</a>
      </nav>
    </InZone>
  )
}

function FoundUpdate({ story, finding }: { story: Story; finding: Finding }) {
  const { id, publishedAt, title, passage } = finding
  const language = finding.language ?? story.language
  return (
    <a href={updateAddress(story.slug, id)} className={styles.finding}>
      <Moment at={publishedAt} form="day-and-time" className={styles.time} />
      <span className={styles.text} lang={language} dir={directionOf(language)}>
        {title && <strong>{title}</strong>}
        <span className={styles.passage}>
          {passage.map(({ text, isFound }, index) =>
            // biome-ignore lint/suspicious/noArrayIndexKey: the parts have no identity but their place.
            isFound ? <mark key={index}>{text}</mark> : text,
          )}
        </span>
      </span>
    </a>
  )
}
