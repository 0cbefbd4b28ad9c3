import { AsyncLocalStorage } from 'node:async_hooks'

const requests = new AsyncLocalStorage<string>()

/** Does what a request asks for, so that whatever is logged meanwhile bears its id. */
export function withRequestId<Answer>(id: string, work: () => Answer): Answer {
  return requests.run(id, work)
}

/** The id of the request that is being answered; undefined where something is done by itself. */
export function currentRequestId(): string | undefined {
  return requests.getStore()
}
