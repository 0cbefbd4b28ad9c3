import type { StoryEvent } from '#lib/story/event.ts'
import type { ListedStory } from '#lib/story/story.ts'
import type { UpdatePage, View } from '#lib/story/view.ts'
import type { AudienceMessage, CatchUp, EventsMessage, FollowAnswer, HeadMessage, LeavingMessage } from './contract.ts'

// What a page asks of what its own server says before it uses it: that it is of a kind that this page knows, since the
// server may be newer than the page. The schemas of the contract ask more, of whoever isn't us; a page that brought zod
// along would weigh a quarter more. Each guard looks at what decides, and takes the contract's word for the rest.

type Fields = Readonly<Record<string, unknown>>

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null
}

function isAt(value: unknown): value is Fields & { epoch: number; head: number } {
  return isObject(value) && Number.isInteger(value.epoch) && Number.isInteger(value.head)
}

const carries: Record<StoryEvent['type'], 'story' | 'update' | 'claim' | 'question' | 'erasure' | 'was'> = {
  'story.opened': 'story',
  'story.revised': 'story',
  'update.published': 'update',
  'update.revised': 'update',
  'update.corrected': 'update',
  'update.withdrawn': 'update',
  'update.pinned': 'update',
  'update.unpinned': 'update',
  'claim.made': 'claim',
  'claim.revised': 'claim',
  'claim.assessed': 'claim',
  'claim.withdrawn': 'claim',
  'question.raised': 'question',
  'question.revised': 'question',
  'question.answered': 'question',
  'question.closed': 'question',
  'question.reopened': 'question',
  'question.withdrawn': 'question',
  'history.erased': 'erasure',
  erased: 'was',
}

function isEvent(value: unknown): value is StoryEvent {
  if (!isObject(value) || !Number.isInteger(value.seq) || typeof value.type !== 'string') return false
  const carried = new Map<string, string>(Object.entries(carries)).get(value.type)
  return carried === 'was' ? typeof value.was === 'string' : carried !== undefined && isObject(value[carried])
}

function areEvents(value: unknown): value is StoryEvent[] {
  return Array.isArray(value) && value.every(isEvent)
}

export function isEventsMessage(value: unknown): value is EventsMessage {
  return isObject(value) && Number.isInteger(value.epoch) && areEvents(value.events)
}

export function isHeadMessage(value: unknown): value is HeadMessage {
  return isAt(value)
}

export function isAudienceMessage(value: unknown): value is AudienceMessage {
  return isObject(value) && Number.isInteger(value.readers)
}

export function isLeavingMessage(value: unknown): value is LeavingMessage {
  return isObject(value) && Number.isInteger(value.within)
}

export function isCatchUp(value: unknown): value is CatchUp {
  return isAt(value) && (value.reset === true || areEvents(value.events))
}

export function isFollowAnswer(value: unknown): value is FollowAnswer {
  if (!isObject(value)) return false
  if (value.ok === true) return isCatchUp(value)
  if (value.reason === 'full') return Number.isInteger(value.pollEveryMs) && Number.isInteger(value.retryAfterMs)
  return value.ok === false && typeof value.reason === 'string'
}

export function isView(value: unknown): value is View {
  return isObject(value) && isObject(value.story) && Array.isArray(value.keyEvents) && isObject(value.pace) && areFacts(value) && isUpdatePage(value)
}

/** What a view that was kept by an earlier page hasn't. */
function areFacts({ corrections, claims, questions }: Fields): boolean {
  return isObject(corrections) && Array.isArray(claims) && Array.isArray(questions)
}

export function isUpdatePage(value: unknown): value is UpdatePage {
  return isAt(value) && Array.isArray(value.updates) && isCursor(value.next) && isCursor(value.newer)
}

export function isListedStories(value: unknown): value is { stories: ListedStory[] } {
  return (
    isObject(value) &&
    Array.isArray(value.stories) &&
    value.stories.every((story) => isObject(story) && typeof story.slug === 'string' && isObject(story.pace))
  )
}

function isCursor(value: unknown): boolean {
  return value === null || typeof value === 'string'
}
