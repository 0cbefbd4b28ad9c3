export type Answers = Readonly<Record<string, (...given: never[]) => unknown>>

export type Question = { readonly id: number; readonly name: string; readonly given: readonly unknown[] }
export type Reply = { readonly id: number; readonly value: unknown } | { readonly id: number; readonly error: string }

/** Answers what the process that started this one asks, and ends when that does. */
export function answerParent(answers: Answers): void {
  const send = (reply: Reply) => process.send?.(reply)
  process.on('message', async ({ id, name, given }: Question) => {
    try {
      send({ id, value: await answers[name]?.(...(given as never[])) })
    } catch (error) {
      send({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) })
    }
  })
  process.on('disconnect', () => process.exit())
}
