import type { Env } from './env.ts'

export type Addresses = {
  /** Where readers find the page, without a slash at the end. */
  readonly publicUrl: string
  /** The origins that our own pages may have been loaded from. */
  readonly origins: readonly string[]
  /** Where this process reaches itself, past every edge. */
  readonly own: string
}

/** Where this server is found, given the port it really listens on. Without PUBLIC_URL that is this machine, by either name. */
export function addresses(env: Pick<Env, 'PUBLIC_URL' | 'HOST'>, port: number): Addresses {
  const isEverywhere = env.HOST === '0.0.0.0' || env.HOST === '::'
  const named = env.HOST.includes(':') ? `[${env.HOST}]` : env.HOST
  const own = `http://${isEverywhere ? '127.0.0.1' : named}:${port}`
  if (env.PUBLIC_URL !== undefined) {
    const { origin } = new URL(env.PUBLIC_URL)
    return { publicUrl: origin, origins: [origin], own }
  }
  const names = ['localhost', '127.0.0.1', ...(isEverywhere ? [] : [named])]
  const origins = [...new Set(names.map((name) => `http://${name}:${port}`))]
  return { publicUrl: `http://localhost:${port}`, origins, own }
}
