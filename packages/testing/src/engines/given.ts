import mongoose from 'mongoose'
import { answers } from './answers.ts'
import type { EngineProvider, Environment, TestEngines } from './engines.ts'

/**
 * Engines that run already: MONGODB_URI and KAFKA_BROKERS. They must be empty, for a test shall neither meet what another left there
 * nor delete what somebody needs; nothing of them is cleaned up.
 */
export const given = async ({ MONGODB_URI, KAFKA_BROKERS }: Environment): Promise<EngineProvider> => ({
  name: 'env',
  missing: await whyNot(MONGODB_URI, KAFKA_BROKERS),
  async start(): Promise<TestEngines> {
    const [mongo = '', kafka = ''] = [MONGODB_URI, KAFKA_BROKERS]
    const used = await databasesOf(mongo)
    if (used.length > 0) throw new Error(`MONGODB_URI must name an empty database server; it has ${used.join(', ')}`)
    return { mongo, kafka, stop: async () => {} }
  },
})

const OF_THE_SERVER = new Set(['admin', 'config', 'local'])

const databasesOf = async (uri: string): Promise<readonly string[]> => {
  const connection = await mongoose.createConnection(uri, { serverSelectionTimeoutMS: 3_000 }).asPromise()
  try {
    const { databases } = await connection.listDatabases()
    return databases.map(({ name }) => name).filter((name) => !OF_THE_SERVER.has(name))
  } finally {
    await connection.close()
  }
}

const whyNot = async (uri: string | undefined, brokers: string | undefined): Promise<string | undefined> => {
  if (!uri || !brokers) return 'MONGODB_URI and KAFKA_BROKERS are not both set'
  const unreachable = await databasesOf(uri).then(
    () => undefined,
    () => 'nothing answers at MONGODB_URI',
  )
  return unreachable ?? ((await answers(brokers)) ? undefined : 'nothing answers at KAFKA_BROKERS')
}
