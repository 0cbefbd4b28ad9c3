import type { SqlDriverAdapterFactory, SqlQuery, SqlQueryable } from '@prisma/driver-adapter-utils'

import { fromDatabase } from './trouble.ts'

const kinds = ['select', 'insert', 'update', 'delete', 'commit', 'rollback'] as const

/** The kind of a statement, by its first word; `begin` is the wait for a connection too, and `transaction` all from there to its end. */
export type Operation = (typeof kinds)[number] | 'begin' | 'transaction' | 'other'

/** Told of each statement and transaction: how long it took, in seconds, until it was answered, and whether it was done. */
export type Measure = (operation: Operation, seconds: number, isDone: boolean) => void

/** The same adapter, which tells how long the database takes: the one place that all the store's statements pass. */
export function measuredAdapter(factory: SqlDriverAdapterFactory, measure: Measure): SqlDriverAdapterFactory {
  const timed = async <Answer>(operation: Operation, work: () => Promise<Answer>): Promise<Answer> => {
    const begun = performance.now()
    const tell = (isDone: boolean) => measure(operation, (performance.now() - begun) / 1000, isDone)
    try {
      const answer = await work()
      tell(true)
      return answer
    } catch (error) {
      tell(false)
      fromDatabase(error)
      throw error
    }
  }

  const measureStatements = (queryable: SqlQueryable) => {
    const [query, execute] = [queryable.queryRaw.bind(queryable), queryable.executeRaw.bind(queryable)]
    queryable.queryRaw = (asked) => timed(operationOf(asked), () => query(asked))
    queryable.executeRaw = (asked) => timed(operationOf(asked), () => execute(asked))
  }

  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    async connect() {
      const adapter = await factory.connect()
      measureStatements(adapter)
      const start = adapter.startTransaction.bind(adapter)
      adapter.startTransaction = async (isolation) => {
        const begun = performance.now()
        const transaction = await timed('begin', () => start(isolation))
        measureStatements(transaction)
        for (const end of ['commit', 'rollback'] as const) {
          const over = transaction[end].bind(transaction)
          transaction[end] = async () => {
            await over()
            measure('transaction', (performance.now() - begun) / 1000, end === 'commit')
          }
        }
        return transaction
      }
      return adapter
    },
  }
}

function operationOf({ sql }: SqlQuery): Operation {
  const [word] = /\w+/.exec(sql) ?? []
  return kinds.find((kind) => kind === word?.toLowerCase()) ?? 'other'
}
