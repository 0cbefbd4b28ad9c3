import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Belongings } from './belongings.ts'
import type { Answers, Question, Reply } from './processes/answer-parent.ts'

export type Child<Given extends Answers> = {
  readonly pid: number
  ask<Name extends keyof Given & string>(name: Name, ...given: Parameters<Given[Name]>): Promise<Awaited<ReturnType<Given[Name]>>>
}

/** Starts a program of `processes/`, which ends with us, and asks it by the names of what it answers. */
export function startChild<Given extends Answers>(program: string, own: Belongings): Child<Given> {
  const child = fork(fileURLToPath(new URL(`processes/${program}.ts`, import.meta.url)), {
    execArgv: ['--import', 'tsx'],
    serialization: 'advanced',
    env: { ...process.env, NODE_ENV: 'production' },
  })
  let isEnding = false
  own.add(() => {
    isEnding = true
    return end(child)
  })
  const waiting = new Map<number, (reply: Reply) => void>()
  child.on('message', (reply: Reply) => {
    waiting.get(reply.id)?.(reply)
    waiting.delete(reply.id)
  })
  child.on('exit', () => {
    // Ended by us, it owes nobody an answer.
    if (isEnding) return
    for (const [id, hear] of waiting) hear({ id, error: `${program} has ended` })
  })
  let asked = 0
  return {
    pid: child.pid ?? 0,
    ask: (name, ...given) =>
      new Promise((resolve, reject) => {
        asked += 1
        waiting.set(asked, (reply) => {
          // What it answers is what it says that it answers: both sides have the same types.
          if ('error' in reply) reject(new Error(reply.error))
          else resolve(reply.value as never)
        })
        child.send({ id: asked, name, given } satisfies Question)
      }),
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGKILL')
  await once(child, 'exit')
}
