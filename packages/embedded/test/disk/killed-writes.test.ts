import { join } from 'node:path'
import { MongoClient, MongoError } from 'mongodb'
import { describe, expect, it } from 'vitest'
import { startInProcess } from '../../src/index.ts'
import { checkLog, checkStore } from '../../src/repair/check.ts'
import { createLedger } from '../kafka/acknowledged.ts'
import { connectRaw, type RawClient } from '../kafka/raw-client.ts'
import { type Acknowledged, checkStored, writeUntilBroken } from '../mongo/acknowledged.ts'
import { temporaryFolder } from '../mongo/harness.ts'
import { generator } from '../seeded.ts'
import { mayTrace, type Point, startTraced } from './traced.ts'

/** `npm run faults` sets many more, and then goes through the places one by one. */
const KILLS = Number(process.env.KILLS ?? 4)
const SEED = Number(process.env.SEED ?? 49)
const WRITERS = 3
/** Under strace everything takes its time. */
const TIMEOUT = process.env.KILLS ? 3_600_000 : 300_000

/** Pages and their sums, what makes them durable, and answers; and how many of them there are in a start and some commits. */
const CALLS = [
  ['pwrite64', 150],
  ['fsync,fdatasync', 30],
  ['write', 120],
] as const

/** When there is something to lose. */
const lateIn = (round: number, pick: (below: number) => number): Point => {
  const [call, most] = CALLS[round % CALLS.length]!
  return { call, nth: most - pick(most / 2) }
}

/** Of a start that makes the files: one place after the other. */
const earlyAt = (turn: number): Point => ({
  call: CALLS[turn % CALLS.length]![0],
  nth: 1 + Math.floor(turn / CALLS.length),
})

/** Both engines, and what their clients were told over all of their lives. */
const createWorld = () => {
  const data = temporaryFolder()
  const told: Acknowledged = { singles: [], pairs: [] }
  const ledger = createLedger()
  return {
    told,
    ledger,
    options: {
      mongo: { folder: join(data, 'mongo'), listen: 0 },
      kafka: { folder: join(data, 'kafka'), listen: 0 },
    },
    async check(mongo: MongoClient, kafka: RawClient): Promise<void> {
      await mongo.db('crash').collection('singles').createIndex({ k: 1 }, { unique: true })
      await checkStored(mongo, told)
      await ledger.createTopic(kafka)
      await ledger.check(kafka)
    },
    async write(mongo: MongoClient, kafka: RawClient, name: string): Promise<void> {
      const writers = Array.from({ length: WRITERS }, (_, i) => writeUntilBroken(mongo, `${name}-${i}`, told))
      await Promise.all([...writers, ledger.write(kafka)])
    },
  }
}

type World = ReturnType<typeof createWorld>

/** Connections end with the process; what is not of that is a fault. */
const isBroken = (error: unknown): boolean =>
  error instanceof MongoError ||
  (error instanceof Error && /closed by the broker|ECONNREFUSED|ECONNRESET/.test(error.message))

const liveUntilKilled = async (world: World, point: Point, name: string): Promise<NodeJS.Signals | null> => {
  const { addresses, ended } = await startTraced(world.options, point)
  if (!addresses) return ended
  const mongo = new MongoClient(addresses.mongo, { retryWrites: false, serverSelectionTimeoutMS: 1000 })
  let kafka: RawClient | undefined
  try {
    kafka = await connectRaw(addresses.kafka)
    await world.check(mongo, kafka)
    await world.write(mongo, kafka, name)
  } catch (error) {
    if (!isBroken(error)) throw error
  } finally {
    kafka?.close()
    await mongo.close()
  }
  return ended
}

describe.skipIf(!mayTrace)('F1: engines killed before a write, an fsync or an answer (needs strace)', () => {
  it(
    `${KILLS} times keep all that they acknowledged, and their files whole`,
    async () => {
      const world = createWorld()
      const pick = generator(SEED)
      let killed = 0
      for (let round = 0; round < KILLS; round++) {
        const isEarly = round % 4 === 0
        const point = isEarly ? earlyAt(round / 4) : lateIn(round, pick)
        const lived = isEarly ? createWorld() : world
        expect(await liveUntilKilled(lived, point, String(round)), `killed at ${JSON.stringify(point)}`).toBe('SIGKILL')
        if (isEarly) await (await startInProcess(lived.options)).stop()
        killed++
      }
      const { told, ledger, options } = world
      const engines = await startInProcess(options)
      const mongo = await new MongoClient(engines.mongo).connect()
      const kafka = await connectRaw(engines.kafka)
      await world.check(mongo, kafka)
      kafka.close()
      await mongo.close()
      await engines.stop()
      expect(checkStore(join(options.mongo.folder, 'store.sqlite'))).toEqual([])
      expect(checkLog(join(options.kafka.folder, 'log.sqlite'))).toEqual([])
      // There was something to lose.
      expect(Math.min(killed, told.singles.length, told.pairs.length, ledger.batches())).toBeGreaterThan(0)
    },
    TIMEOUT,
  )
})
