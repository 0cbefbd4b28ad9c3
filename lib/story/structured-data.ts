import { firstWords } from './body-text.ts'
import type { Claim, Standing } from './claim.ts'
import { currentAssessment } from './known.ts'
import type { Update } from './update.ts'
import type { View } from './view.ts'

// What search engines and other programs read of a story's page, in the words of schema.org: LiveBlogPosting, CorrectionComment,
// ClaimReview. No schema of ours is imported here: it is made with the page.

type Settings = {
  /** The story's address, without a slash at its end. */
  readonly address: string
  readonly publisher: string
  readonly sayStanding: (standing: Standing) => string
}

const longestText = 500

/** The structured data of what a page shows, as JSON that can stand in a script element: there's no `<` in it. */
export function structuredData(view: View, settings: Settings): string {
  const graph = [liveBlog(view, settings), ...view.claims.filter(isAssessed).map((claim) => claimReview(claim, settings))]
  return JSON.stringify({ '@context': 'https://schema.org', '@graph': graph }).replaceAll('<', '\\u003c')
}

function liveBlog({ story, updates }: View, settings: Settings) {
  const { address, publisher } = settings
  return {
    '@type': 'LiveBlogPosting',
    '@id': address,
    url: address,
    headline: story.headline,
    ...(story.standfirst && { description: story.standfirst }),
    inLanguage: story.language,
    datePublished: story.openedAt,
    coverageStartTime: story.openedAt,
    ...(story.closedAt && { coverageEndTime: story.closedAt }),
    ...(story.cover && { image: new URL(`${story.cover.src}/1280.jpg`, address).href }),
    publisher: { '@type': 'Organization', name: publisher },
    liveBlogUpdate: updates.filter(({ withdrawal }) => withdrawal === null).map((update) => blogPosting(update, settings)),
  }
}

function blogPosting({ id, title, body, publishedAt, editedAt, author, corrections }: Update, { address }: Settings) {
  const text = firstWords(body, longestText)
  return {
    '@type': 'BlogPosting',
    '@id': `${address}/updates/${id}`,
    url: `${address}/updates/${id}`,
    headline: title ?? firstWords(body, 100),
    ...(text && { articleBody: text }),
    datePublished: publishedAt,
    ...(editedAt && { dateModified: editedAt }),
    author: { '@type': 'Person', name: author },
    ...(corrections.length > 0 && {
      correction: corrections.map(({ at, version, note }) => {
        return { '@type': 'CorrectionComment', text: note, dateCreated: at, url: `${address}/corrections#${id}-${version}` }
      }),
    }),
  }
}

/** A claim that was only noted has been reviewed by nobody. */
function isAssessed(claim: Claim): boolean {
  return currentAssessment(claim).reason !== ''
}

/** From 1, false, to 5, true. What isn't decided has a name and no number. */
const ratings: Partial<Record<Standing, number>> = { confirmed: 5, refuted: 1 }

function claimReview(claim: Claim, { address, publisher, sayStanding }: Settings) {
  const { at, standing, reason } = currentAssessment(claim)
  const { name, role } = claim.claimant
  const rating = ratings[standing]
  return {
    '@type': 'ClaimReview',
    url: `${address}#claim-${claim.id}`,
    claimReviewed: claim.statement,
    datePublished: at,
    author: { '@type': 'Organization', name: publisher },
    itemReviewed: {
      '@type': 'Claim',
      author: { '@type': 'Person', name, ...(role && { jobTitle: role }) },
      ...(claim.claimedAt && { datePublished: claim.claimedAt }),
      appearance: claim.updates.map((id) => ({ '@type': 'CreativeWork', url: `${address}/updates/${id}` })),
    },
    reviewRating: {
      '@type': 'Rating',
      ...(rating !== undefined && { ratingValue: rating, bestRating: 5, worstRating: 1 }),
      alternateName: sayStanding(standing),
      ratingExplanation: reason,
    },
  }
}
