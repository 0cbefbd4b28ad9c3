import fc from 'fast-check'
import { type Block, type Body, emptyBody, type Inline, type ListItem, type Mark } from '#lib/story/body.ts'
import type { PictureFacts } from '#lib/story/body-pictures.ts'
import { type Claim, type Standing, standings } from '#lib/story/claim.ts'
import type { Change, StoryEvent } from '#lib/story/event.ts'
import { picturePath } from '#lib/story/picture.ts'
import { type Question, type QuestionState, questionState } from '#lib/story/question.ts'
import type { Story } from '#lib/story/story.ts'
import type { Update } from '#lib/story/update.ts'

/** Text that can be stored and shown: of any script, with the spaces and breaks that people type. */
export const printableText = fc
  .string({ unit: 'binary', minLength: 1, maxLength: 12 })
  // The control characters but tab and the line breaks, and half a surrogate pair, are what `printable` keeps out.
  .map((text) => text.toWellFormed().replace(/(?![\t\n\r])\p{Cc}/gu, '-'))

const words = fc.constantFrom(
  'The bridge',
  ' is closed',
  '.',
  '“Yes”, he said',
  'Міст закрито',
  'الجسر',
  '橋',
  '👩‍👩‍👧',
  ' ',
  'a\tb',
  'two\nlines',
  '~',
  '<b>',
)

const someText = fc.oneof({ weight: 3, arbitrary: words }, { weight: 1, arbitrary: printableText })

const webAddress = fc.constantFrom(
  'https://example.org/',
  'http://example.org/a_(b)?c=d&e=*f*#g',
  'HTTPS://EXAMPLE.ORG',
  'https://приклад.укр/шлях',
  'https://example.org/a b/"c"/<d>/\\e',
  'https://[::1]:8080/',
)

/** The pictures of our own that may be in {@link anyBody}, and what is known of them. */
export const ownPictures: ReadonlyMap<string, PictureFacts> = new Map([
  ['019a0000-0000-7000-8000-000000000001', { alt: 'A bridge', credit: 'Ann', focus: { x: 0.25, y: 1 }, width: 2560, height: 1440 }],
  ['019a0000-0000-7000-8000-000000000002', { alt: '', credit: null, focus: null, width: 300, height: 400 }],
])

const imageAddress = fc.oneof(webAddress, fc.constantFrom(...[...ownPictures.keys()].map(picturePath)))

const shareOf = fc.integer({ min: 0, max: 100 }).map((hundredths) => hundredths / 100)

const focus = fc.record({ x: shareOf, y: shareOf })

const pixels = fc.integer({ min: 1, max: 2560 })

const linkAddress = fc.oneof({ weight: 4, arbitrary: webAddress }, { weight: 1, arbitrary: fc.constant('mailto:desk@example.org') })

const anyMark: fc.Arbitrary<Mark> = fc.oneof(
  fc.constantFrom<Mark>({ type: 'bold' }, { type: 'italic' }, { type: 'strike' }, { type: 'code' }),
  linkAddress.map((href): Mark => ({ type: 'link', attrs: { href } })),
)

const someMarks = fc.uniqueArray(anyMark, { maxLength: 5, selector: (mark) => mark.type })

const anyInline: fc.Arbitrary<Inline> = fc.oneof(
  { weight: 3, arbitrary: someText.map((text): Inline => ({ type: 'text', text })) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('text'), text: someText, marks: someMarks }) },
  { weight: 1, arbitrary: fc.constant<Inline>({ type: 'hardBreak' }) },
)

const inlines = fc.array(anyInline, { maxLength: 5 })

const title = fc.option(fc.constantFrom('A title', 'with "quotes"', "and 'others' \\"))

const anyLeaf: fc.Arbitrary<Block> = fc.oneof(
  inlines.map((content): Block => ({ type: 'paragraph', content })),
  fc.constant<Block>({ type: 'paragraph' }),
  fc
    .record({ level: fc.constantFrom(3 as const, 4 as const), content: inlines })
    .map(({ level, content }): Block => ({ type: 'heading', attrs: { level }, content })),
  fc
    .record({ language: fc.option(fc.constantFrom('ts', 'c++', 'a b')), code: fc.array(someText, { maxLength: 2 }) })
    .map(({ language, code }): Block => ({ type: 'codeBlock', attrs: { language }, content: code.map((text) => ({ type: 'text', text })) })),
  fc.constant<Block>({ type: 'codeBlock' }),
  fc.constant<Block>({ type: 'horizontalRule' }),
  fc.record({ src: imageAddress, alt: fc.oneof(fc.constant(''), someText), title }).map((attrs): Block => ({ type: 'image', attrs })),
  fc
    .record({ src: imageAddress, alt: someText, credit: fc.option(fc.constantFrom('Ann', '')), focus, width: pixels, height: pixels })
    .map((attrs): Block => ({ type: 'image', attrs })),
  fc.record({ url: webAddress, title }).map((attrs): Block => ({ type: 'linkCard', attrs })),
)

const { block: anyBlock } = fc.letrec<{ block: Block; item: ListItem; container: Block }>((tie) => ({
  block: fc.oneof({ maxDepth: 4, withCrossShrink: true }, { weight: 4, arbitrary: anyLeaf }, { weight: 1, arbitrary: tie('container') }),
  item: fc.array(tie('block'), { minLength: 1, maxLength: 3 }).map((content): ListItem => ({ type: 'listItem', content })),
  container: fc.oneof(
    fc.array(tie('block'), { minLength: 1, maxLength: 3 }).map((content): Block => ({ type: 'blockquote', content })),
    fc.array(tie('item'), { minLength: 1, maxLength: 3 }).map((content): Block => ({ type: 'bulletList', content })),
    fc
      .record({ start: fc.option(fc.nat({ max: 999_999 })), content: fc.array(tie('item'), { minLength: 1, maxLength: 3 }) })
      .map(({ start, content }): Block => ({ type: 'orderedList', ...(start === null ? {} : { attrs: { start } }), content })),
  ),
}))

/** A body as an editor may make it, of all nodes and marks. Some say nothing at all. */
export const anyBody: fc.Arbitrary<Body> = fc.array(anyBlock, { maxLength: 5 }).map((content) => ({ type: 'doc', content }))

type Step =
  | { readonly kind: 'publish'; readonly body: Body; readonly key: boolean; readonly breaking: boolean }
  | { readonly kind: 'revise' | 'correct'; readonly which: number; readonly body: Body }
  | { readonly kind: 'withdraw' | 'pin'; readonly which: number }
  | { readonly kind: 'unpin' }
  | { readonly kind: 'make claim'; readonly which: number; readonly statement: string }
  | { readonly kind: 'assess claim'; readonly which: number; readonly standing: Standing }
  | { readonly kind: 'raise question' | 'withdraw claim' | 'withdraw question'; readonly which: number }
  | { readonly kind: 'answer question'; readonly which: number; readonly state: QuestionState }
  | { readonly kind: 'revise story'; readonly headline: string; readonly status: Story['status'] }

const which = fc.nat({ max: 30 })
const shortBody = fc.oneof(
  { weight: 5, arbitrary: someText.map((text): Body => ({ type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text }] }] })) },
  { weight: 1, arbitrary: anyBody },
)

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('publish'), body: shortBody, key: fc.boolean(), breaking: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('revise', 'correct'), which, body: shortBody }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('withdraw', 'pin'), which }) },
  { weight: 1, arbitrary: fc.constant<Step>({ kind: 'unpin' }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('make claim'), which, statement: fc.constantFrom('It holds.', 'Воно тримає.') }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('assess claim'), which, standing: fc.constantFrom(...standings) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('raise question', 'withdraw claim', 'withdraw question'), which }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('answer question'), which, state: fc.constantFrom(...questionState.options) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('revise story'),
      headline: fc.constantFrom('The bridge is closed', 'The bridge is open again'),
      status: fc.constantFrom('developing', 'paused'),
    }),
  },
)

/** The log of a story as the newsroom might have written it, from `story.opened` on: each event as the commands make it. */
export const anyLog: fc.Arbitrary<StoryEvent[]> = fc.array(anyStep, { maxLength: 40, size: 'max' }).map(logOf)

const begin = Date.parse('2026-01-31T14:00:00.000Z')

function logOf(steps: readonly Step[]): StoryEvent[] {
  const timeOf = (seq: number) => new Date(begin + seq * 1000).toISOString()
  let story: Story = {
    id: '01900000-0000-7000-8000-000000000000',
    slug: 'bridge',
    headline: 'The bridge is closed',
    standfirst: '',
    status: 'developing',
    language: 'en',
    timeZone: 'Europe/Kyiv',
    openedAt: timeOf(1),
    cover: null,
    closedAt: null,
    closingSummary: '',
    archived: false,
  }
  const log: StoryEvent[] = [{ seq: 1, at: timeOf(1), type: 'story.opened', story }]
  const updates: Update[] = []
  let pinned: Update | undefined
  const claims: Claim[] = []
  const questions: Question[] = []

  const append = (change: Change) => log.push({ ...change, seq: log.length + 1, at: timeOf(log.length + 1) })
  const standing = (which: number) => {
    const candidates = updates.filter((update) => update.withdrawal === null)
    return candidates[which % candidates.length]
  }
  const put = (update: Update) => {
    updates[updates.findIndex(({ id }) => id === update.id)] = update
    if (pinned?.id === update.id) pinned = update.withdrawal ? undefined : update
    return update
  }

  for (const step of steps) {
    const at = timeOf(log.length + 1)
    switch (step.kind) {
      case 'publish': {
        const update = published({ seq: log.length + 1, at, body: step.body, key: step.key || step.breaking, breaking: step.breaking })
        updates.push(update)
        append({ type: 'update.published', update })
        break
      }
      case 'revise':
      case 'correct': {
        const update = standing(step.which)
        if (!update) break
        const revised = { ...update, version: update.version + 1, body: step.body, editedAt: at }
        if (step.kind === 'revise') append({ type: 'update.revised', update: put(revised) })
        else {
          const corrections = [...update.corrections, { at, version: revised.version, note: `Correction ${log.length}` }]
          append({ type: 'update.corrected', update: put({ ...revised, corrections }) })
        }
        break
      }
      case 'withdraw': {
        const update = standing(step.which)
        if (!update) break
        const withdrawal = { at, notice: 'Taken down.' }
        append({ type: 'update.withdrawn', update: put({ ...update, version: update.version + 1, title: null, body: emptyBody, withdrawal }) })
        break
      }
      case 'pin': {
        const update = standing(step.which)
        if (!update || pinned?.id === update.id) break
        pinned = update
        append({ type: 'update.pinned', update })
        break
      }
      case 'unpin':
        if (pinned) append({ type: 'update.unpinned', update: pinned })
        pinned = undefined
        break
      case 'make claim': {
        const seq = log.length + 1
        const first = { at, standing: 'unverified' as const, reason: '', sources: [], soleSource: null, updates: [] }
        const updatesOfIt = [standing(step.which)?.id ?? []].flat()
        const claimant = { name: 'Ann Berg', role: '', place: '' }
        const claim = { id: idOf('c', seq), seq, version: 1, statement: step.statement, claimant, claimedAt: null, withdrawal: null }
        claims.push({ ...claim, updates: updatesOfIt, assessments: [first] })
        append({ type: 'claim.made', claim: { ...claim, updates: updatesOfIt, assessments: [first] } })
        break
      }
      case 'assess claim': {
        const claim = oneOf(claims, step.which)
        if (!claim) break
        const rests = [standing(step.which)?.id ?? []].flat()
        const next = { at, standing: step.standing, reason: `Reason ${log.length}`, sources: ['One', 'Another'], soleSource: null, updates: rests }
        append({ type: 'claim.assessed', claim: replace(claims, { ...claim, assessments: [...claim.assessments, next] }) })
        break
      }
      case 'withdraw claim': {
        const claim = oneOf(claims, step.which)
        if (claim) append({ type: 'claim.withdrawn', claim: replace(claims, { ...claim, withdrawal: { at, notice: 'Twice.' } }) })
        break
      }
      case 'raise question': {
        const seq = log.length + 1
        const question = { id: idOf('a', seq), seq, version: 1, text: 'Does it hold?', askedAt: at, updates: [], answers: [], withdrawal: null }
        questions.push(question)
        append({ type: 'question.raised', question })
        break
      }
      case 'answer question': {
        const question = oneOf(questions, step.which)
        if (!question) break
        const answers = [...question.answers, { at, state: step.state, note: 'So it is.', updates: [] }]
        append({ type: 'question.answered', question: replace(questions, { ...question, answers }) })
        break
      }
      case 'withdraw question': {
        const question = oneOf(questions, step.which)
        if (question) append({ type: 'question.withdrawn', question: replace(questions, { ...question, withdrawal: { at, notice: 'Twice.' } }) })
        break
      }
      case 'revise story':
        story = { ...story, headline: step.headline, status: step.status }
        append({ type: 'story.revised', story })
        break
    }
  }
  return log
}

type Fact = { readonly id: string; readonly version: number; readonly withdrawal: object | null }

function oneOf<Each extends Fact>(facts: readonly Each[], which: number): Each | undefined {
  const standing = facts.filter(({ withdrawal }) => withdrawal === null)
  return standing[which % standing.length]
}

/** The fact in its next version, in the place of the one before. */
function replace<Each extends Fact>(facts: Each[], changed: Each): Each {
  const next = { ...changed, version: changed.version + 1 }
  facts[facts.findIndex(({ id }) => id === next.id)] = next
  return next
}

function idOf(kind: string, seq: number): string {
  return `01900000-0000-7000-${kind === 'c' ? '9' : 'a'}000-${String(seq).padStart(12, '0')}`
}

function published({ seq, at, body, key, breaking }: { seq: number; at: string; body: Body; key: boolean; breaking: boolean }): Update {
  return {
    id: `01900000-0000-7000-8000-${String(seq).padStart(12, '0')}`,
    seq,
    version: 1,
    title: seq % 3 === 0 ? `Update ${seq}` : null,
    body,
    language: null,
    key,
    breaking,
    tags: [],
    author: 'Desk',
    publishedAt: at,
    occurredAt: null,
    editedAt: null,
    corrections: [],
    withdrawal: null,
  }
}
