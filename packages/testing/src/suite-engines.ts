import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startInWorker } from '@saleswright/embedded'
import { afterAll } from 'vitest'

/** Both engines, empty, and the folder that they keep their files in, for the tests of one file. They end behind whatever is started on them: hooks run last one first. */
export const suiteEngines = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'suite-'))
  const engines = await startInWorker({
    mongo: { folder: join(folder, 'mongo'), listen: join(folder, 'm.sock') },
    kafka: { folder: join(folder, 'kafka'), listen: join(folder, 'k.sock') },
  })
  afterAll(async () => {
    await engines.stop()
    rmSync(folder, { recursive: true, force: true })
  })
  return { ...engines, folder }
}
