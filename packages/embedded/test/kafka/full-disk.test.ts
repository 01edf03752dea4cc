import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import type { Health } from '../../src/disk/health.ts'
import { ERROR } from '../../src/kafka/errors.ts'
import { type RunningBroker, startBroker } from '../../src/kafka/server/server.ts'
import { FETCH } from '../../src/kafka/wire/messages/fetch.ts'
import { PRODUCE } from '../../src/kafka/wire/messages/produce.ts'
import { mayMount, smallDisk } from '../disk/small-disk.ts'
import { buildBatch, fetchRequest, produceRequest } from './build-batch.ts'
import { connectRaw } from './raw-client.ts'

import { aKafka, createTopic } from './support.ts'

/** The error of one produce; -1 when the connection was closed instead. */
const produce = async ({ address }: RunningBroker): Promise<number> => {
  const client = await connectRaw(address)
  try {
    const answer = await client.ask(PRODUCE, 7, produceRequest('log', buildBatch({ values: ['x'.repeat(50_000)] })))
    return answer.topics[0]!.partitions[0]!.error
  } catch {
    return -1
  } finally {
    client.close()
  }
}

const endOf = async ({ address }: RunningBroker): Promise<number> => {
  const client = await connectRaw(address)
  const { topics } = await client.ask(FETCH, 5, fetchRequest('log', 0))
  client.close()
  return topics[0]!.partitions[0]!.highWatermark
}

describe.skipIf(!mayMount)('F14: a full disk (needs the right to mount a tmpfs)', () => {
  it('refuses records, serves those there are, and goes on when there is room', async () => {
    const disk = smallDisk(12)
    const options = { folder: join(disk, 'kafka'), listen: 0 }
    const told: Health[] = []
    const broken = vi.fn()
    const broker = await startBroker(options, { health: (health) => told.push(health), broken })
    await createTopic(aKafka(broker), 'log')
    writeFileSync(join(disk, 'filler'), Buffer.alloc(6 * 1024 * 1024))
    let acknowledged = 0
    while ((await produce(broker)) === ERROR.none) acknowledged++
    expect(broken.mock.calls).toEqual([])
    expect(acknowledged).toBeGreaterThan(5)
    expect(await produce(broker)).toBe(ERROR.storage)
    expect(told).toEqual(['read-only'])
    expect(await endOf(broker)).toBe(acknowledged)

    rmSync(join(disk, 'filler'))
    await expect.poll(() => told, { timeout: 10_000 }).toEqual(['read-only', 'ok'])
    expect(await produce(broker)).toBe(ERROR.none)
    await broker.stop()
    const again = await startBroker(options)
    expect(await endOf(again)).toBe(acknowledged + 1)
    expect(broken).not.toHaveBeenCalled()
    await again.stop()
  })
})
