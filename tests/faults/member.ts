import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import { freePort } from '../free-port.ts'

const lookEveryMs = 50

/** One process of the program. */
export type Member = {
  readonly port: number
  readonly pid: number
  /** Once it answers that it can serve; false if it ended before. */
  readonly serves: Promise<boolean>
  /** How it ended: its exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>
  /** Has it drain; asked for a second time, it stops at once. */
  end(): void
}

export type Program = { readonly file: string; readonly root: string; readonly settings: Readonly<Record<string, string | undefined>> }

/** Starts the program on a port of its own; what it prints is told line by line. */
export async function startMember({ file, root, settings }: Program, tell: (line: string) => void): Promise<Member> {
  const port = await freePort()
  const child = spawn(process.execPath, [file], {
    cwd: root,
    env: { ...process.env, ...settings, PORT: String(port), HOST: '127.0.0.1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  tellLines(child.stdout, tell)
  tellLines(child.stderr, tell)
  const ended = once(child, 'exit').then(([code, signal]) => code ?? signal)
  return { port, pid: child.pid ?? 0, ended, serves: servesOn(port, child), end: () => void child.kill('SIGTERM') }
}

function tellLines(output: Readable, tell: (line: string) => void): void {
  createInterface(output).on('line', (line) => {
    if (line.trim() !== '') tell(line)
  })
}

async function servesOn(port: number, child: ChildProcess): Promise<boolean> {
  while (child.exitCode === null && child.signalCode === null) {
    if (await isHealthy(port)) return true
    await wait(lookEveryMs)
  }
  return false
}

async function isHealthy(port: number): Promise<boolean> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/api/health`)
    await answer.body?.cancel()
    return answer.ok
  } catch {
    // It doesn't listen yet, or not any more.
    return false
  }
}
