import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')

/** A full collection of this process, which needs no flag at its start. */
export const collect = runInNewContext('gc')
