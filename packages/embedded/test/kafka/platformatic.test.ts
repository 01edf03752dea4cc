import { Admin, Producer, stringSerializers } from '@platformatic/kafka'
import { expect, onTestFinished, test } from 'vitest'
import { aBroker } from './support.ts'

/* The second client, without kafkajs: what one of them never sends, the other may. */

const clients = async () => {
  const { address } = await aBroker()
  const options = { clientId: 'p', bootstrapBrokers: [address] }
  const admin = new Admin(options)
  const producer = new Producer({ ...options, serializers: stringSerializers })
  onTestFinished(async () => {
    await producer.close()
    await admin.close()
  })
  return { admin, producer }
}

test('topics: create, list, grow, delete', async () => {
  const { admin } = await clients()
  const created = await admin.createTopics({ topics: ['a', 'b'], partitions: 2, replicas: 1 })
  expect(created.map(({ name }) => name).toSorted()).toEqual(['a', 'b'])
  await expect(admin.createTopics({ topics: ['a'] })).rejects.toThrow()
  await admin.createPartitions({ topics: [{ name: 'a', count: 5, assignments: [] }] })
  await admin.deleteTopics({ topics: ['b'] })
  expect(await admin.listTopics()).toEqual(['a'])
})

test('configs are described', async () => {
  const { admin } = await clients()
  const configs = [{ name: 'retention.ms', value: '1000' }]
  await admin.createTopics({ topics: ['a'], partitions: 1, replicas: 1, configs })
  const described = await admin.describeConfigs({ resources: [{ resourceType: 2, resourceName: 'a' }] })
  expect(JSON.stringify(described)).toContain('"1000"')
})

test('offsets: first, last and by time; records deleted below one', async () => {
  const { admin, producer } = await clients()
  await admin.createTopics({ topics: ['a'], partitions: 1, replicas: 1 })
  const now = BigInt(Date.now())
  for (const timestamp of [now, now + 1000n, now + 2000n])
    await producer.send({ messages: [{ topic: 'a', partition: 0, key: 'k', value: 'v', timestamp }] })
  const at = async (timestamp: bigint): Promise<bigint | undefined> => {
    const topics = [{ name: 'a', partitions: [{ partitionIndex: 0, timestamp }] }]
    return (await admin.listOffsets({ topics }))[0]?.partitions[0]?.offset
  }
  expect(await Promise.all([-2n, -1n, now + 500n, now + 2001n].map(at))).toEqual([0n, 3n, 1n, -1n])
  await admin.deleteRecords({ topics: [{ name: 'a', partitions: [{ partition: 0, offset: 2n }] }] })
  expect(await at(-2n)).toBe(2n)
})

test('groups are listed and described, also one that is not there', async () => {
  const { admin } = await clients()
  expect([...(await admin.listGroups()).keys()]).toEqual([])
  const described = await admin.describeGroups({ groups: ['none'] })
  expect(described.get('none')?.state).toMatch(/dead/i)
})
