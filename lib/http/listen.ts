import type { Server } from 'node:http'
import { StartProblem } from '#lib/db/database.ts'
import type { Env } from '#lib/env.ts'

/** Has it listen; throws a {@link StartProblem} if the port is another's. */
export async function listen(httpServer: Server, { PORT, HOST }: Pick<Env, 'PORT' | 'HOST'>): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    httpServer.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? new StartProblem(`Port ${PORT} is taken. Stop what uses it, or choose another with PORT.`) : error)
    })
    httpServer.listen(PORT, HOST, resolve)
  })
}
