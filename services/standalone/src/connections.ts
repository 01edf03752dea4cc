import { type Bus, kafka, type Log } from '@saleswright/bus'
import { clientOptions } from '@saleswright/embedded'
import { connectStore } from '@saleswright/store'
import type { Connection } from 'mongoose'
import type { Engines } from './engines.ts'

/** The one connection to each engine that all services of the process share. */
export type Connections = {
  readonly connection: Connection
  readonly bus: Bus
  readonly close: () => Promise<void>
}

type Surroundings = {
  readonly log: Log
  readonly ending: AbortSignal
  readonly bus: Bus | undefined
}

/** `ending` is aborted before anything stops: who is still joining a group then finds its broker gone, and that is no news. */
export const connectTo = async (
  engines: Engines,
  { log, ending, bus: instead }: Surroundings,
): Promise<Connections> => {
  const connection = await connectStore(engines.mongo)
  const options = { clientId: 'standalone', log: quietOnce(ending, log), ...clientOptions(engines.kafka) }
  const bus = instead ?? kafka(options)
  return {
    connection,
    bus,
    async close() {
      await bus.close()
      await connection.close()
    },
  }
}

const quietOnce = (ending: AbortSignal, log: Log): Log => ({
  error: (fields, message) => (ending.aborted ? log.debug(fields, message) : log.error(fields, message)),
  warn: (fields, message) => (ending.aborted ? log.debug(fields, message) : log.warn(fields, message)),
  info: (fields, message) => log.info(fields, message),
  debug: (fields, message) => log.debug(fields, message),
})
