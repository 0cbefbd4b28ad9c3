import { z } from 'zod'

const share = z.number('must be a number from 0 to 1').min(0, 'must be from 0 to 1').max(1, 'must be from 0 to 1')

/** The point of a picture that stays in view where the picture is cut: how far from its left and from its top, from 0 to 1. */
export const focus = z.strictObject({ x: share, y: share }).meta({ id: 'Focus' })
export type Focus = z.infer<typeof focus>
