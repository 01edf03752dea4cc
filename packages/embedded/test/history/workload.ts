import { type ClientSession, MongoClient, MongoError, MongoServerError } from 'mongodb'
import { startInProcess } from '../../src/index.ts'
import { generator } from '../seeded.ts'
import type { Run, Step } from './checker.ts'

type List = { _id: string; values: number[] }
type Next = (below: number) => number

const CLIENTS = 6
const KEYS = 4
const MOST_STEPS = 4

export type Options = {
  readonly folder: string
  readonly seed: number
  readonly kills: number
  /** How many transactions are committed before each kill. */
  readonly each: number
}

const listsOf = (client: MongoClient) => client.db('history').collection<List>('lists')

const stepIn = async (
  client: MongoClient,
  session: ClientSession,
  step: { key: string; append?: number },
): Promise<Step> => {
  const { key, append } = step
  if (append === undefined) {
    const found = await listsOf(client).findOne({ _id: key }, { session })
    return { key, read: found?.values ?? [] }
  }
  await listsOf(client).updateOne({ _id: key }, { $push: { values: append } }, { session, upsert: true })
  return { key, append }
}

/** A commit whose answer was lost may have happened; what failed before it has not. */
const outcomeOf = async (session: ClientSession): Promise<Run['outcome']> => {
  try {
    await session.commitTransaction()
    return 'committed'
  } catch (error) {
    // A connection that broke has that label, too, and says nothing of the commit.
    const isRefused = error instanceof MongoServerError && error.hasErrorLabel('TransientTransactionError')
    return isRefused ? 'aborted' : 'unknown'
  }
}

type Stage = {
  readonly client: MongoClient
  readonly round: number
  readonly next: Next
  readonly runs: Run[]
  readonly number: () => number
}

/** One transaction; false when the engine is gone. */
const runOne = async ({ client, round, next, runs, number }: Stage): Promise<boolean> => {
  const wanted = Array.from({ length: 1 + next(MOST_STEPS) }, () => ({
    key: `${round}-${next(KEYS)}`,
    ...(next(2) === 0 && { append: number() }),
  }))
  const session = client.startSession()
  const began = performance.now()
  const steps: Step[] = []
  const end = (outcome: Run['outcome']): void =>
    void runs.push({ id: number(), steps, outcome, began, ended: performance.now() })
  try {
    session.startTransaction()
    for (const step of wanted) {
      // An append that failed was not seen by anybody either.
      if (step.append !== undefined) steps.push({ key: step.key, append: step.append })
      const done = await stepIn(client, session, step)
      if ('read' in done) steps.push(done)
    }
  } catch (error) {
    end('aborted')
    await session.endSession().catch(() => {})
    return error instanceof MongoError && error.code === 112
  }
  const outcome = await outcomeOf(session)
  end(outcome)
  await session.endSession().catch(() => {})
  return outcome !== 'unknown'
}

const committed = (runs: readonly Run[]): number => runs.filter(({ outcome }) => outcome === 'committed').length

/** Transactions of several clients against an engine that is killed under them, again and again; and what is stored at the end. */
export const historyOf = async ({ folder, seed, kills, each }: Options) => {
  const runs: Run[] = []
  let last = 0
  const number = (): number => ++last
  for (let round = 0; round < kills; round++) {
    const engine = await startInProcess({ mongo: { folder, listen: 0 } })
    const client = await new MongoClient(engine.mongo, { serverSelectionTimeoutMS: 500 }).connect()
    const goal = committed(runs) + each
    let isOver = false
    const clients = Array.from({ length: CLIENTS }, async (_, index) => {
      const stage = { client, round, next: generator(seed * 1000 + round * CLIENTS + index), runs, number }
      while (!isOver && (await runOne(stage)));
    })
    while (committed(runs) < goal) await new Promise((resolve) => setTimeout(resolve, 2))
    process.kill(engine.pid, 'SIGKILL')
    isOver = true
    await Promise.all(clients)
    await client.close()
    await engine.failed
  }
  const engine = await startInProcess({ mongo: { folder, listen: 0 } })
  const client = await new MongoClient(engine.mongo).connect()
  const final = new Map((await listsOf(client).find().toArray()).map(({ _id, values }) => [_id, values]))
  await client.close()
  await engine.stop()
  return { runs, final }
}
