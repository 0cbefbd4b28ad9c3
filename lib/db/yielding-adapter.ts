import { setImmediate } from 'node:timers/promises'
import type { SqlDriverAdapterFactory } from '@prisma/driver-adapter-utils'

/**
 * Returns an adapter that lets other work of the process run after each query. The embedded database answers within the same turn of
 * the event loop, so a row of queries would keep sockets and other requests waiting until its end. Statements of a transaction go on at
 * once: others wait for its end anyway.
 */
export function yieldingAdapter(factory: SqlDriverAdapterFactory): SqlDriverAdapterFactory {
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    async connect() {
      const adapter = await factory.connect()
      const query = adapter.queryRaw.bind(adapter)
      adapter.queryRaw = async (asked) => {
        const answer = await query(asked)
        await setImmediate()
        return answer
      }
      return adapter
    },
  }
}
