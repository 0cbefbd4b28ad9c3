import { Search } from 'lucide-react'
import { useTranslations } from 'use-intl'
import styles from './search-form.module.css'

/** Leads to the search where there's no room for it. */
export function SearchLink({ slug }: { slug: string }) {
  const t = useTranslations('story.search')
  return (
    <a href={`/stories/${slug}/search`} aria-label={t('label')} className={styles.link}>
      <Search aria-hidden size={17} />
    </a>
  )
}

/** A form that the browser itself can send. */
export function SearchForm({ slug, question = '' }: { slug: string; question?: string }) {
  const t = useTranslations('story.search')
  return (
    <search>
      <form action={`/stories/${slug}/search`} className={styles.form}>
        <input
          id="search"
          type="search"
          name="q"
          aria-label={t('label')}
          placeholder={t('placeholder')}
          defaultValue={question}
          maxLength={200}
          required
          enterKeyHint="search"
          className={styles.input}
        />
        <button type="submit" aria-label={t('submit')} className={styles.submit}>
          <Search aria-hidden size={17} />
        </button>
      </form>
    </search>
  )
}
