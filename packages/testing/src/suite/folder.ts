import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import type { Until } from './until.ts'

/** An empty folder, which is gone afterwards. */
export const aFolder = (until: Until = afterAll): string => {
  const folder = mkdtempSync(join(tmpdir(), 'test-'))
  until(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
