import type { Instrumentation } from 'next'
import { runtime } from '#lib/runtime.ts'

/** A page that failed. Next prints the error too; this line bears the id of the request. */
export const onRequestError: Instrumentation.onRequestError = (error, { method }, { routePath }) => {
  runtime().log.error({ err: error, method, path: routePath }, 'request failed')
}
