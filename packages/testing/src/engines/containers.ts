import type { EngineProvider } from './engines.ts'

/** The oldest that are supported: MongoDB 8, for its `bulkWrite` command. */
const MONGO = 'mongo:8.0'
const KAFKA = 'confluentinc/cp-kafka:8.0.0'
const KAFKA_PORT = 9093

/** The real engines, new ones for each test, where Docker answers. */
export const containers = async (): Promise<EngineProvider> => ({
  name: 'containers',
  missing: await whyNot(),
  async start() {
    const [{ MongoDBContainer }, { KafkaContainer }] = await Promise.all([
      import('@testcontainers/mongodb'),
      import('@testcontainers/kafka'),
    ])
    const [mongo, kafka] = await Promise.all([
      new MongoDBContainer(MONGO).start(),
      new KafkaContainer(KAFKA).withKraft().start(),
    ])
    return {
      mongo: `${mongo.getConnectionString()}/?directConnection=true`,
      kafka: `${kafka.getHost()}:${kafka.getMappedPort(KAFKA_PORT)}`,
      async stop() {
        await Promise.all([mongo.stop(), kafka.stop()])
      },
    }
  },
})

const whyNot = async (): Promise<string | undefined> => {
  const { getContainerRuntimeClient } = await import('testcontainers')
  return getContainerRuntimeClient().then(
    () => undefined,
    () => 'no Docker answers',
  )
}
