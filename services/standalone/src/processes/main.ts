import { connect } from '@saleswright/rpc'
import { openDataFolder } from '../data-folder.ts'
import { demoOf } from '../demo/begun.ts'
import type { TransportOf } from '../demo/clients.ts'
import { OPTIONS_HELP } from '../options.ts'
import {
  aborted,
  exitWith,
  logLevelOrExit,
  optionsOrExit,
  ownFilesOnly,
  reasonOf,
  stopAndExit,
  stopSignal,
} from '../program.ts'
import { startFleet } from './fleet.ts'
import { grpcAddress, NAMES } from './layout.ts'
import { freePort } from './ports.ts'

const HELP = `Runs the engines and each service as a process of its own, with gRPC between them.

  npm run processes -- [--data DIR] [--port PORT] [--empty]

MONGODB_URI and KAFKA_BROKERS name a database and brokers that run already; the engines take the place of those that they do not name.
A process that ends is started again.

${OPTIONS_HELP}`

ownFilesOnly()
const options = optionsOrExit(HELP)
const logLevel = logLevelOrExit()
const { HOST: host = '127.0.0.1', MONGODB_URI: mongo = '', KAFKA_BROKERS: brokers = '' } = process.env
const folderName = Math.max(...['engines', ...NAMES].map(({ length }) => length))
const say = (name: string, line: string): void => console.log(`${name.padEnd(folderName)} | ${line}`)

const start = async () => {
  const port = await freePort(options.port, host)
  const folder = openDataFolder(options.data)
  const begun = options.empty ? undefined : demoOf(folder, options.orders)
  const fleet = await startFleet({ folder, http: { host, port }, logLevel, elsewhere: { mongo, kafka: brokers }, say })
  return { ...fleet, folder, begun, address: `http://${host}:${port}` }
}

const signal = stopSignal()
const { folder, begun, address, children, secrets, stop } = await start().catch((error: unknown) =>
  exitWith(`Saleswright did not start: ${reasonOf(error, options)}.`),
)
for (const { name, current } of children) say(name, `runs as process ${current().pid}`)
console.log(`Saleswright answers on ${address} (Ctrl-C stops it)`)

/** To the process that answers for a service of the contract. */
const channels = new Map(NAMES.map((name) => [name as string, connect(grpcAddress(folder, name))]))
const transportOf: TransportOf = ({ typeName }) => {
  const channel = channels.get(typeName.split('.')[1] ?? '')
  if (!channel) throw new Error(`nobody answers for ${typeName}`)
  return channel
}

const demo = async (): Promise<void> => {
  if (!begun || begun.finished) return
  const { fillInBackground } = await import('../demo/background.ts')
  await fillInBackground({ folder, secrets, transportOf, begun, signal, address, terminal: process.stderr })
}
const filling = demo()

const end = async (): Promise<void> => {
  await filling
  await Promise.all([...channels.values()].map((channel) => channel.close()))
  await stop()
}
await aborted(signal)
await stopAndExit(end)
