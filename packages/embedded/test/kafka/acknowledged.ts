import { expect } from 'vitest'
import { crc32c } from '../../src/kafka/log/crc32c.ts'
import { FETCH } from '../../src/kafka/wire/messages/fetch.ts'
import { OFFSET_COMMIT, OFFSET_FETCH } from '../../src/kafka/wire/messages/offsets.ts'
import { PRODUCE } from '../../src/kafka/wire/messages/produce.ts'
import { CREATE_TOPICS } from '../../src/kafka/wire/messages/topics.ts'
import { buildBatch, fetchRequest, produceRequest } from './build-batch.ts'
import type { RawClient } from './raw-client.ts'

const PARTITIONS = 3
const LANES = 12

/** Every stored batch of a partition by its first offset; throws at a gap or a torn batch. */
const readAll = async (client: RawClient, index: number): Promise<Map<number, string>> => {
  const stored = new Map<number, string>()
  for (let next = 0; ; ) {
    const { topics } = await client.ask(FETCH, 5, fetchRequest('log', next, { index }))
    const { records, highWatermark } = topics[0]!.partitions[0]!
    const found = Buffer.from(records[0]!)
    for (let at = 0; at < found.length; ) {
      const batch = found.subarray(at, at + found.readInt32BE(at + 8) + 12)
      expect(Number(batch.readBigInt64BE(0))).toBe(next)
      expect(batch.readUInt32BE(17)).toBe(crc32c(batch.subarray(21)))
      stored.set(next, batch.subarray(61).toString())
      next += batch.readInt32BE(57)
      at += batch.length
    }
    if (next >= highWatermark) return stored
  }
}

const commit = (offset: number) => ({
  group: 'g',
  generation: -1,
  member: '',
  topics: [{ name: 'log', partitions: [{ index: 0, offset, metadata: null }] }],
})

/** What producers and a group were told, over as many lives of a broker as there are. */
export const createLedger = () => {
  const acknowledged = Array.from({ length: PARTITIONS }, () => new Map<number, string>())
  let [committed, answered, value] = [0, 0, 0]
  const lane = async (client: RawClient, index: number): Promise<void> => {
    for (;;) {
      const batch = buildBatch({ values: [`${++value}`, 'x'.repeat(value % 3000)] })
      const { topics } = await client.ask(PRODUCE, 5, produceRequest('log', Buffer.from(batch), { index }))
      acknowledged[index]!.set(topics[0]!.partitions[0]!.baseOffset, batch.subarray(61).toString())
      // Sent over one connection, they can only rise.
      const progress = value
      await client.ask(OFFSET_COMMIT, 5, commit(progress))
      committed = Math.max(committed, progress)
      answered++
    }
  }
  return {
    answered: () => answered,
    batches: () => acknowledged.reduce((sum, { size }) => sum + size, 0),
    async createTopic(client: RawClient): Promise<void> {
      const create = { name: 'log', partitions: PARTITIONS, replicas: 1, assignments: [], configs: [] }
      await client.ask(CREATE_TOPICS, 2, { topics: [create], validateOnly: false })
    },
    /** Produces and commits until the connection breaks. */
    async write(client: RawClient): Promise<void> {
      await Promise.all(Array.from({ length: LANES }, (_, i) => lane(client, i % PARTITIONS).catch(() => {})))
    },
    async check(client: RawClient): Promise<void> {
      for (let index = 0; index < PARTITIONS; index++) {
        const stored = await readAll(client, index)
        for (const [offset, records] of acknowledged[index]!) expect(stored.get(offset)).toBe(records)
      }
      const { topics } = await client.ask(OFFSET_FETCH, 3, { group: 'g', topics: null })
      if (committed > 0) expect(topics[0]!.partitions[0]!.offset).toBeGreaterThanOrEqual(committed)
    },
  }
}
