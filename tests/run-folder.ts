import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A folder for what workers keep open until they end, for they end without a chance to remove it. Found by TEST_FOLDER. */
export default function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'staytuned-run-'))
  process.env.TEST_FOLDER = folder
  return () => rmSync(folder, { recursive: true, force: true })
}
