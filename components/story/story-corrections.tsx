import Head from 'next/head'
import { useTranslations } from 'use-intl'
import { useMoment } from '#components/ui/moment.tsx'
import { WordDiff } from '#components/ui/word-diff.tsx'
import type { TextChange, TextChanges } from '#lib/reading/read-corrections.ts'
import { directionOf } from '#lib/story/language.ts'
import type { Story } from '#lib/story/story.ts'
import { correctionId, storyAddress, updateAddress } from './story-address.ts'
import styles from './story-corrections.module.css'
import { InZone } from './zone.client.tsx'

/** What the updates of a story said, what they say and why: the corrections, and apart from them the small changes. */
export function StoryCorrections({ story, corrections, others }: TextChanges) {
  const t = useTranslations('corrections')
  const changeIn = (change: TextChange) => <Change key={change.seq} story={story} change={change} />
  return (
    <InZone storyZone={story.timeZone}>
      <Head>
        <title key="title">{`${t('title')}: ${story.headline}`}</title>
      </Head>
      <header className={styles.header}>
        <p>
          <a href={storyAddress(story.slug)} lang={story.language} dir={directionOf(story.language)}>
            {story.headline}
          </a>
        </p>
        <h1>{t('title')}</h1>
        <p className={styles.about}>{t(corrections.length > 0 ? 'about' : 'none')}</p>
      </header>
      <ol className={styles.list} reversed>
        {corrections.map(changeIn)}
      </ol>
      {others.length > 0 && (
        <details className={styles.others}>
          <summary>
            <h2>{t('others')}</h2>
          </summary>
          <p className={styles.about}>{t('othersHint')}</p>
          <ol className={styles.list} reversed>
            {others.map(changeIn)}
          </ol>
        </details>
      )}
      <p className={styles.back}>
        <a href={storyAddress(story.slug)}>{t('back')}</a>
      </p>
    </InZone>
  )
}

function Change({ story, change: { at, version, note, update, texts } }: { story: Story; change: TextChange }) {
  const t = useTranslations('corrections')
  const say = useMoment()
  const language = update.language ?? story.language
  const written = { lang: language, dir: directionOf(language) }
  return (
    <li id={correctionId(update.id, version)} className={styles.change} data-correction={note !== null || undefined}>
      <p className={styles.when} suppressHydrationWarning>
        {t(note === null ? 'changedAt' : 'at', { time: say(at, 'day-and-time') })}
      </p>
      {note && (
        <p className={styles.note} {...written}>
          {note}
        </p>
      )}
      {texts ? (
        <div className={styles.texts} {...written}>
          <Words before={texts.before.title} after={texts.after.title} isTitle />
          <Words before={texts.before.text} after={texts.after.text} />
        </div>
      ) : (
        <p className={styles.about}>{t('withdrawn')}</p>
      )}
      <p className={styles.of}>
        <a href={updateAddress(story.slug, update.id)} suppressHydrationWarning>
          {t('of', { time: say(update.publishedAt, 'day-and-time') })}
        </a>
      </p>
    </li>
  )
}

function Words({ before, after, isTitle = false }: { before: string; after: string; isTitle?: boolean }) {
  if (before === '' && after === '') return null
  return (
    <p className={isTitle ? styles.title : undefined}>
      <WordDiff before={before} after={after} show="both" />
    </p>
  )
}
