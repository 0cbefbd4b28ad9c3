import pino, { type Logger } from 'pino'
import { currentRequestId } from './request-context.ts'
import { withoutPersonalData } from './without-personal-data.ts'

/** Where somebody might put what is nobody's to read in a log. */
const secret = ['email', 'name', 'password', 'token', 'cookie', 'authorization', 'headers', 'body', 'address', 'ip']

/**
 * The log of this process: a line of JSON each on standard output, with the id of the request that it is about. It knows nobody: of an
 * error only what it says is kept, and not what it carries, and addresses that it names are taken out of that.
 */
export function openLog(level: string): Logger {
  return pino({
    level,
    mixin: () => {
      const request = currentRequestId()
      return request === undefined ? {} : { request }
    },
    redact: { paths: secret.flatMap((name) => [name, `*.${name}`]), remove: true },
    serializers: { err: shownError },
    hooks: { streamWrite: withoutPersonalData },
  })
}

function shownError(error: unknown) {
  if (!(error instanceof Error)) return { type: typeof error }
  // Their messages and stacks include those of the causes.
  const { type, message, stack } = pino.stdSerializers.err(error)
  return { type, message, stack, ...('code' in error ? { code: error.code } : {}) }
}
