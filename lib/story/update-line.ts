import { z } from 'zod'
import { instant } from './text.ts'

/** An update as one line says it: by its title, or by how it begins. */
export const updateLine = z
  .object({
    id: z.uuid(),
    seq: z.int().positive(),
    version: z.int().positive(),
    publishedAt: instant,
    text: z.string(),
    breaking: z.literal(true).optional(),
  })
  .meta({ id: 'UpdateLine' })
export type UpdateLine = z.infer<typeof updateLine>
