import type { z } from 'zod'
import type { Caller } from '#lib/accounts/person.ts'
import type { Store } from '#lib/db/store.ts'
import { newAssessment, newClaim } from '#lib/story/claim.ts'
import { newQuestion } from '#lib/story/question.ts'
import { newStory } from '#lib/story/story.ts'
import { type NewUpdate, newUpdate } from '#lib/story/update.ts'
import { assessClaim } from './assess-claim.ts'
import { makeClaim } from './make-claim.ts'
import type { Done, Refusal } from './newsroom.ts'
import { openStory } from './open-story.ts'
import { pinUpdate } from './pin-update.ts'
import { publishUpdate } from './publish-update.ts'
import { raiseQuestion } from './raise-question.ts'
import { reviseUpdate } from './revise-update.ts'
import type { WrittenFact } from './write-facts.ts'

/** The desk that a fresh install's own story is signed by. */
const desk: Caller = { person: { id: 'staytuned', name: 'Staytuned', email: '', role: 'editor' }, origin: 'own' }

type Entry = Pick<NewUpdate, 'title' | 'key'> & { time: string; body: string }

const allegation: Entry = {
  time: '11:04',
  key: true,
  title: 'Lavrov: about 90 drones sent at a Putin residence',
  body: `Russia’s foreign minister, Sergey Lavrov, says that Ukraine sent **about 90 drones** overnight at a residence of President Vladimir Putin in the Novgorod region.

This is a claim by the Russian side. It has not been verified.`,
}

const corrected = {
  time: '11:31',
  title: 'Lavrov: more than 90 drones sent at a Putin residence',
  body: allegation.body.replace('about 90 drones', 'more than 90 drones'),
  note: 'Mr Lavrov spoke of more than 90 drones. Our first version said about 90.',
}

const allShotDown: Entry = {
  time: '11:12',
  key: false,
  title: null,
  body: 'All of the drones, Mr Lavrov says, were **shot down before they reached** the residence. That too is his account alone.',
}

const where: Entry = {
  time: '11:20',
  key: false,
  title: 'Where it is said to have happened',
  body: 'The Novgorod region lies in north-western Russia, about halfway between Moscow and Saint Petersburg.',
}

const lavrov = { name: 'Sergey Lavrov', role: 'foreign minister of Russia' }
const zelensky = { name: 'Volodymyr Zelensky', role: 'president of Ukraine' }

const attackClaim = { claimant: lavrov, statement: 'Ukraine attacked a residence of Vladimir Putin in the Novgorod region with drones overnight.' }
const shotDownClaim = { claimant: lavrov, statement: 'Every one of the drones was shot down before it reached the residence.' }
const rejectionClaim = { claimant: zelensky, statement: 'The account is made up, to justify a strike on Kyiv that is still to come.' }

const reviewClaim = {
  claimant: lavrov,
  statement: 'Russia will now review its negotiating position.',
  assessment: {
    standing: 'confirmed' as const,
    reason: 'Mr Lavrov announced it himself, in public.',
    sources: ['Sergey Lavrov'],
    soleSource: 'he speaks for the government whose position it is.',
  },
}

const summary: Entry = {
  time: '13:20',
  key: true,
  title: 'What is known, what is claimed, what is not known',
  body: `**Known:** Russia has made the accusation in public, through its foreign minister, and Ukraine’s president has rejected it.

**Claimed:**

- By Sergey Lavrov: that the attack took place, with more than 90 drones, and that every one of them was shot down. *Unverified.*
- By Volodymyr Zelensky: that the account is made up, to justify a strike on Kyiv that is still to come. *Unverified.*

**Not known:**

- whether the attack took place at all
- whether Mr Putin was at the residence
- what Moscow will change in the talks`,
}

const review: Entry = {
  time: '11:52',
  key: true,
  title: 'Moscow to “review its negotiating position”',
  body: `Mr Lavrov says Russia will now “review its negotiating position” in the talks on ending the war. What that will change, he is not reported to have said.`,
}

const noCasualties: Entry = {
  time: '12:15',
  key: false,
  title: null,
  body: 'No casualties and no damage were reported at once.',
}

const rejection: Entry = {
  time: '12:48',
  key: true,
  title: 'Zelensky rejects the account as disinformation',
  body: `Ukraine’s president, Volodymyr Zelensky, **rejects the accusation**. He calls it disinformation, made up to justify a coming strike on Kyiv.`,
}

const marALago: Entry = {
  time: '14:05',
  key: false,
  title: 'A day after Mar-a-Lago',
  body: 'The accusation comes a day after Mr Zelensky met the president of the United States, Donald Trump, at Mar-a-Lago in Florida to talk about a settlement.',
}

const background: Entry = {
  time: '14:40',
  key: false,
  title: 'Background: the war and the talks',
  body: `The war is nearly four years old. Ukraine has struck targets inside Russia with drones before.

A settlement could involve questions of territory and of security guarantees.`,
}

const stillUnverified: Entry = {
  time: '15:25',
  key: true,
  title: 'Still unverified',
  body: `No independent confirmation of the attack has been reported. The claim stands **unverified**, and the story is developing.`,
}

/**
 * Opens the story that a fresh install shows, by the same commands as any other, with the times it is told to have happened
 * at. If two processes start at once on an empty database, the second finds the address taken and leaves it.
 */
export async function openFirstStory(store: Store): Promise<void> {
  const at = (time: string) => ({ store, now: () => new Date(`2025-12-29T${time}:00Z`) })
  const story = newStory.parse({
    headline: 'Russia accuses Ukraine of a drone attack on a Putin residence; Kyiv denies it',
    standfirst:
      'Moscow says it will rethink its position in the talks on ending the war. Ukraine calls the account made up. ' +
      'Reported on 29 December 2025; the times of day are approximate.',
    slug: 'drone-claim-novgorod',
    template: 'breaking',
  })
  const opened = await openStory(at('11:00'), desk, story, null)
  if (opened.kind === 'slug-taken') return
  const { slug } = answered(opened)

  const publish = async ({ time, ...entry }: Entry) => answered(await publishUpdate(at(time), desk, slug, newUpdate.parse(entry), null))
  const claim = async (time: string, input: z.input<typeof newClaim>) => answered(await makeClaim(at(time), desk, slug, newClaim.parse(input), null))
  const ask = async (time: string, text: string, updates: string[]) =>
    answered(await raiseQuestion(at(time), desk, slug, newQuestion.parse({ text, updates }), null))
  const assess = async (time: string, { id, version }: WrittenFact, input: z.input<typeof newAssessment>) =>
    answered(await assessClaim(at(time), desk, { slug, id, expected: version }, newAssessment.parse(input)))

  const first = await publish(allegation)
  const attack = await claim(allegation.time, { ...attackClaim, updates: [first.id] })
  const { id: shotDown } = await publish(allShotDown)
  await claim(allShotDown.time, { ...shotDownClaim, updates: [shotDown] })
  const { id: place } = await publish(where)
  await ask(where.time, 'Did the attack take place at all?', [first.id])
  await ask(where.time, 'Was Mr Putin at the residence?', [place])
  const { time, note, ...content } = corrected
  answered(await reviseUpdate(at(time), desk, slug, first.id, first.version, { ...content, correction: { note } }))
  const { id: moscow } = await publish(review)
  await claim(review.time, { ...reviewClaim, updates: [moscow] })
  await ask(review.time, 'What will Moscow change in the talks?', [moscow])
  await publish(noCasualties)
  const { id: denial } = await publish(rejection)
  await claim(rejection.time, { ...rejectionClaim, updates: [denial] })
  const disputed = await assess(rejection.time, attack, {
    standing: 'disputed',
    reason: 'Ukraine’s president rejects the account as disinformation.',
    updates: [denial],
  })
  const { id: pinned } = await publish(summary)
  answered(await pinUpdate(at(summary.time), desk, slug, pinned, true))
  await publish(marALago)
  await publish(background)
  const { id: still } = await publish(stillUnverified)
  await assess(stillUnverified.time, disputed, {
    standing: 'unverified',
    reason: 'One side says it, the other denies it, and no independent confirmation has been reported.',
    updates: [still],
  })
}

function answered<Answer>(result: Done<Answer> | Refusal): Answer {
  if (result.kind !== 'done') throw new Error(`the first story could not be written: ${JSON.stringify(result)}`)
  return result.answer
}
