import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startInWorker } from '@saleswright/embedded'
import type { EngineProvider } from './engines.ts'

/** On files that are gone afterwards; a thread for each, as in the standalone platform. */
export const embedded: EngineProvider = {
  name: 'embedded',
  async start() {
    const folder = mkdtempSync(join(tmpdir(), 'engines-'))
    const mongo = await startInWorker({ mongo: { folder: join(folder, 'mongo'), listen: join(folder, 'm.sock') } })
    const broker = await startInWorker({ kafka: { folder: join(folder, 'kafka'), listen: join(folder, 'k.sock') } })
    return {
      mongo: mongo.mongo,
      kafka: broker.kafka,
      async stop() {
        await Promise.all([mongo.stop(), broker.stop()])
        rmSync(folder, { recursive: true, force: true })
      },
    }
  },
}
