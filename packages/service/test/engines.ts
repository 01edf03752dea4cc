import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { kafka } from '@saleswright/bus'
import { clientOptions, startInWorker } from '@saleswright/embedded'
import { onTestFinished } from 'vitest'
import { type HostEnvironment, hostServices, type ServiceDefinition } from '../src/index.ts'
import { openLog } from '../src/log.ts'

const log = openLog('test', process.env.DEBUG_LOG ? 'debug' : 'silent')
export const KEY = Buffer.alloc(32, 7)

/** Both engines, empty; they end after the test, behind every host that was started on them. */
export const startEngines = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'service-'))
  const engines = await startInWorker({
    mongo: { folder: join(folder, 'mongo'), listen: join(folder, 'm.sock') },
    kafka: { folder: join(folder, 'kafka'), listen: join(folder, 'k.sock') },
  })
  onTestFinished(async () => {
    await engines.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  const connect = () => kafka({ clientId: 'test', log, ...clientOptions(engines.kafka) })
  const host = async (definitions: readonly ServiceDefinition[], more: Partial<HostEnvironment> = {}) => {
    const bus = connect()
    const hosted = await hostServices(definitions, { mongo: engines.mongo, bus, log, key: KEY, ...more })
    let stopped: Promise<void> | undefined
    const stop = (): Promise<void> => {
      stopped ??= hosted.stop().then(() => bus.close())
      return stopped
    }
    onTestFinished(stop)
    return { ...hosted, stop }
  }
  const withoutBroker = () => kafka({ clientId: 'test', log, ...clientOptions(join(folder, 'nobody.sock')) })
  return { host, connect, withoutBroker, socket: (name: string): string => join(folder, name) }
}
