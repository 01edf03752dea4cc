import { openDataFolder } from '../data-folder.ts'
import { startEngines } from '../engines.ts'
import { aborted, exitWith, stopAndExit, stopSignal } from '../program.ts'

/** The engines as a process of their own: tells where they answer or why they do not, and stops at SIGTERM. */
export type Answering = { readonly mongo: string; readonly kafka: string } | { readonly error: string }

const tell = (answering: Answering): Promise<void> =>
  new Promise((told) => void process.send?.(answering, undefined, undefined, () => told()))

const signal = stopSignal()
const [data = ''] = process.argv.slice(2)
const { MONGODB_URI: mongo = '', KAFKA_BROKERS: kafka = '' } = process.env
const engines = await startEngines(openDataFolder(data), { mongo, kafka }).catch(async ({ message }: Error) => {
  await tell({ error: message })
  return process.exit(1)
})
void engines.failed.then(({ message }) => exitWith(message))
await tell({ mongo: engines.mongo, kafka: engines.kafka })
await aborted(signal)
await stopAndExit(engines.stop)
