import { join } from 'node:path'
import { startInWorker } from '@saleswright/embedded'
import { type DataFolder, makeSocketFolder, removeSocketFolder } from './data-folder.ts'

/** Two servers that answer the protocols of MongoDB and Kafka. */
export type Engines = {
  /** A URI for the driver. */
  readonly mongo: string
  /** An address for `clientOptions`. */
  readonly kafka: string
  /** Resolves when one of them died: nothing can go on then. */
  readonly failed: Promise<Error>
  /** What is wrong with a disk, in words. */
  readonly troubles: () => readonly string[]
  readonly stop: () => Promise<void>
}

/** Servers that run elsewhere and take the place of an engine. */
export type Elsewhere = Partial<Pick<Engines, 'mongo' | 'kafka'>>

const NEVER = new Promise<never>(() => {})
const running = { failed: NEVER, health: (): { readonly kafka?: string } => ({}), stop: async () => {} }

/**
 * Both engines on the files of a folder, a thread for each so that a long walk in one does not hold up the other; only the one
 * that nothing elsewhere stands in for.
 */
export const startEngines = async (folder: DataFolder, elsewhere: Elsewhere = {}): Promise<Engines> => {
  const { mongo, kafka, sockets } = folder
  makeSocketFolder(folder)
  const starts = await Promise.allSettled([
    elsewhere.mongo
      ? { ...running, mongo: elsewhere.mongo }
      : startInWorker({ mongo: { folder: mongo, listen: join(sockets, 'mongo.sock') } }),
    elsewhere.kafka
      ? { ...running, kafka: elsewhere.kafka }
      : startInWorker({ kafka: { folder: kafka, listen: join(sockets, 'kafka.sock') } }),
  ])
  const [store, broker] = starts
  if (store.status === 'fulfilled' && broker.status === 'fulfilled') {
    return {
      mongo: store.value.mongo,
      kafka: broker.value.kafka,
      failed: Promise.race([store.value.failed, broker.value.failed]),
      troubles: () =>
        broker.value.health().kafka === 'read-only'
          ? ['the disk of the event bus is full: nothing can be written']
          : [],
      async stop() {
        await Promise.all([store.value.stop(), broker.value.stop()])
        removeSocketFolder(folder)
      },
    }
  }
  for (const start of starts) if (start.status === 'fulfilled') await start.value.stop()
  removeSocketFolder(folder)
  throw starts.find((start) => start.status === 'rejected')?.reason
}
