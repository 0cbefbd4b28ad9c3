import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

export const admin = { email: 'admin@example.org', password: 'correct-horse-battery' }

export type RunningServer = {
  readonly url: string
  readonly pid: number
  /** All that it has printed. */
  output(): string
  /** Ends it as a crash would: kill -9, nothing is tidied up. */
  kill(): Promise<void>
  /** Ends it as an operator would, and answers its exit code. */
  stop(): Promise<number | null>
}

/** Starts the program itself, as `npm start` does, or another that Node is given, and answers once it listens. It must have been built. */
export async function startServer(settings: Record<string, string>, program: readonly string[] = ['lib/cli/start.js']): Promise<RunningServer> {
  const child = spawn(process.execPath, program, {
    cwd: root,
    env: {
      ...cleanEnvironment(),
      PORT: '0',
      STAYTUNED_LOG: 'error',
      STAYTUNED_FIRST_STORY: 'off',
      // All readers of a test come from this machine.
      STAYTUNED_MOST_SOCKETS_OF_NETWORK: '1000000',
      STAYTUNED_ADMIN_EMAIL: admin.email,
      STAYTUNED_ADMIN_PASSWORD: admin.password,
      // A test may run where this is set for something else; empty counts as unset.
      DATABASE_URL: '',
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let printed = ''
  child.stdout.on('data', (part) => {
    printed += part
  })
  child.stderr.on('data', (part) => {
    printed += part
  })
  const url = await addressOf(child, () => printed)
  return {
    url,
    pid: child.pid ?? 0,
    output: () => printed,
    kill: () => end(child, 'SIGKILL').then(() => {}),
    stop: () => end(child, 'SIGTERM'),
  }
}

/** Ours without what a test runner has set: libraries that find themselves in a test behave in another way. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const isOfTest = (name: string) => /^(VITEST|TEST$|NODE_ENV$|PLAYWRIGHT|JEST)/.test(name)
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !isOfTest(name))) as NodeJS.ProcessEnv
}

async function addressOf(child: ChildProcess, printed: () => string): Promise<string> {
  const address = () => /^ *Readers\s+(http\S+)/m.exec(printed())?.[1]
  const exited = once(child, 'exit')
  while (address() === undefined) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`the server did not start:\n${printed()}`)
    await Promise.race([once(child.stdout ?? child, 'data'), exited])
  }
  return address() ?? ''
}

async function end(child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    child.kill(signal)
    await once(child, 'exit')
  }
  return child.exitCode
}

/** Starts it where it must refuse to, and answers what it said. */
export async function failToStart(settings: Record<string, string>, program?: readonly string[]): Promise<string> {
  try {
    await (await startServer(settings, program)).kill()
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
  throw new Error('the server started')
}
