import { join } from 'node:path'
import { type Bus, kafka, type Log } from '@saleswright/bus'
import { clientOptions, startInWorker } from '@saleswright/embedded'
import { afterAll } from 'vitest'
import { aFolder } from './folder.ts'
import { testLog } from './log.ts'
import type { Until } from './until.ts'

/** Where the engines of a suite answer, and the folder that they keep their files in. */
export type SuiteEngines = {
  /** A URI for the driver of MongoDB, without a database. */
  readonly mongo: string
  /** The address of the broker. */
  readonly kafka: string
  readonly folder: string
}

/** Both embedded engines, empty. They end behind whatever is started on them. */
export const suiteEngines = async (until: Until = afterAll): Promise<SuiteEngines> => {
  const folder = aFolder(until)
  const {
    mongo,
    kafka: broker,
    stop,
  } = await startInWorker({
    mongo: { folder: join(folder, 'mongo'), listen: join(folder, 'm.sock') },
    kafka: { folder: join(folder, 'kafka'), listen: join(folder, 'k.sock') },
  })
  until(stop)
  return { mongo, kafka: broker, folder }
}

/** A bus on the broker at an address, or on the one of a socket. */
export const suiteBus = (address: string, log: Log = testLog, until: Until = afterAll): Bus => {
  const bus = kafka({ clientId: 'test', log, ...clientOptions(address) })
  until(() => bus.close())
  return bus
}
