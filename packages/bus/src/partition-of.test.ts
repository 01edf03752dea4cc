import { createHash } from 'node:crypto'
import { Partitioners } from 'kafkajs'
import { expect, test } from 'vitest'
import { partitionOf } from './partition-of.ts'

const theirs = Partitioners.DefaultPartitioner()
const anywhere = { leader: 0, partitionErrorCode: 0, replicas: [], isr: [] }

/** Texts of every length, the same in each run. */
const texts = (encoding: BufferEncoding): string[] =>
  Array.from({ length: 400 }, (_, index) =>
    createHash('shake128', { outputLength: index % 61 })
      .update(String(index))
      .digest()
      .toString(encoding),
  )

test('a key lies where other clients of Kafka put it', () => {
  const keys = [...texts('hex'), ...texts('utf8'), '客户-1', '', 'a', 'ab', 'abc', 'abcd']
  for (const [index, key] of keys.entries()) {
    const partitions = (index % 24) + 1
    const partitionMetadata = Array.from({ length: partitions }, (_, partitionId) => ({ ...anywhere, partitionId }))
    expect(partitionOf(key, partitions), key).toBe(
      theirs({ topic: '', message: { key, value: null }, partitionMetadata }),
    )
  }
})
