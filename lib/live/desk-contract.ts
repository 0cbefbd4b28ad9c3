import { z } from 'zod'
import { slug } from '#lib/story/story.ts'
import { instant } from '#lib/story/text.ts'

// What goes over the socket between a desk and the server: one schema a message, for both ends. Readers neither send nor get it.

/** A desk is open on that story, and what is being changed there: an update's or a draft's id. Sent anew when that changes. */
export const deskRequest = z.strictObject({ story: slug, editing: z.uuid().nullable() })
export type DeskRequest = z.infer<typeof deskRequest>

/** `key` is what this desk is called among the colleagues. */
export const deskAnswer = z.union([
  z.object({ ok: z.literal(true), key: z.string() }),
  z.object({ ok: z.literal(false), reason: z.enum(['invalid', 'not-allowed', 'busy']) }),
])
export type DeskAnswer = z.infer<typeof deskAnswer>

/** An open desk: whose, and what is being changed there since when. */
export const colleague = z.object({ key: z.string(), id: z.string(), name: z.string(), editing: z.uuid().nullable(), since: instant })
export type Colleague = z.infer<typeof colleague>

/** All desks that are open on the story, in whichever process. */
export const colleaguesMessage = z.object({ story: slug, desks: z.array(colleague) })
export type ColleaguesMessage = z.infer<typeof colleaguesMessage>

export type DeskToServer = { desk(request: DeskRequest, answer: (answer: DeskAnswer) => void): void }

export type ServerToDesk = {
  /** Something was written there, for readers or not: read the desk anew. */
  written(message: { story: string }): void
  colleagues(message: ColleaguesMessage): void
  /** What this person may do in the story was changed, and may have ended: open the desk again, and read it anew. */
  'access-changed'(message: { story: string }): void
}
