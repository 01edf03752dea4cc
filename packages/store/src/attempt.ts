import { type Aggregate, type Cause, notFound, type Scope } from '@saleswright/kernel'
import type { mongo } from 'mongoose'
import { isUnknownCommit, Overtaken } from './faults.ts'
import type { Filter } from './mapping.ts'
import { pause } from './pause.ts'
import { covers, type Plan, planBehind, sortOf, within } from './plan.ts'
import type { FindOptions, Repository, Tx } from './ports.ts'
import type { Grip, Queues } from './queues.ts'
import type { rowsOf } from './rows.ts'
import { createStaging, keyOf, type Staging, type Write } from './staging.ts'

export type Workplace = {
  readonly client: mongo.MongoClient
  readonly database: string
  readonly describe: Parameters<typeof rowsOf>[3]
  readonly queues: Queues
}

/** One attempt: its transaction port for the work, and its end. */
export type Attempt = {
  readonly tx: Tx
  readonly staging: Staging
  /** The keys of everything that it wrote or would write. */
  readonly keys: () => readonly string[]
  /** The id of the last event that it told or will tell. */
  readonly lastStaged: () => string | undefined
  /** Sends these writes first and then what is staged, and commits. */
  readonly finish: (first: readonly Write[]) => Promise<void>
  readonly abort: () => Promise<void>
}

const COMMITS = 8

const commit = async (session: mongo.ClientSession): Promise<void> => {
  for (let tried = 1; ; tried++) {
    try {
      await session.commitTransaction()
      return
    } catch (error) {
      if (!isUnknownCommit(error) || tried === COMMITS) throw error
      await pause(tried)
    }
  }
}

/** Sends staged writes in one command, in a transaction unless a single write is all there is. */
const createSender = ({ client, database, queues }: Workplace, staging: Staging, grip: Grip) => {
  const versions = new Map<string, number>()
  let session: mongo.ClientSession | undefined
  let lastEvent: string | undefined

  const begin = (): mongo.ClientSession => {
    if (session) return session
    session = client.startSession()
    session.startTransaction({ readConcern: { level: 'majority' }, writeConcern: { w: 'majority' } })
    return session
  }

  const send = async (first: readonly Write[], last: boolean): Promise<void> => {
    const entries = staging.unsent()
    const keys = entries.map(({ plan, id }) => keyOf(plan, id))
    await grip.reach(keys)
    entries.forEach(({ stored }, index) => {
      const noted = queues.noted(keys[index] ?? '')
      if (!session && noted !== undefined && noted !== (stored?.version ?? 0))
        throw new Overtaken(String(keys[index]), true)
    })
    const models = [...first, ...staging.writes(`${database}.events`)]
    if (models.length === 0) return
    const within = last && models.length === 1 && !session ? {} : { session: begin() }
    const { matchedCount, deletedCount } = await client.bulkWrite(models, {
      ...within,
      ordered: true,
      ignoreUndefined: true,
    })
    // Every update and delete names the version that it expects, so each must find its document.
    const guarded = models.filter(({ name }) => name !== 'insertOne').length
    if (matchedCount + deletedCount !== guarded) throw new Overtaken(keys.join())
    lastEvent = entries.flatMap(({ rows }) => rows).at(-1)?._id ?? lastEvent
    for (const { plan, id, current } of entries) versions.set(keyOf(plan, id), current?.version ?? 0)
    staging.sent()
  }

  return {
    session: () => session,
    send,
    lastEvent: () => lastEvent,
    keys: () => [...versions.keys(), ...staging.unsent().map(({ plan, id }) => keyOf(plan, id))],
    async commit() {
      if (session) await commit(session)
      for (const [key, version] of versions) queues.note(key, version)
    },
    async close() {
      if (session?.inTransaction()) await session.abortTransaction()
      await session?.endSession()
    },
  }
}

/** `gate` is waited for beside every read: it throws when the attempt need not be made. */
export const openAttempt = (workplace: Workplace, cause: Cause, grip: Grip, gate: () => Promise<void>): Attempt => {
  const staging = createStaging(cause, workplace.describe)
  const sender = createSender(workplace, staging, grip)
  let doomed: unknown
  let turn: Promise<unknown> = Promise.resolve()

  /** A session carries one command at a time, however many reads the work starts at once. */
  const inTurn = <R>(step: () => Promise<R>): Promise<R> => {
    const next = turn.then(step)
    turn = next.catch((error: unknown) => {
      doomed ??= error
    })
    return next
  }
  const read = async <R>(ask: (session?: mongo.ClientSession) => Promise<R>): Promise<R> => {
    const session = sender.session()
    const [answer] = await Promise.all([session ? inTurn(() => ask(session)) : ask(), gate()])
    return answer
  }

  const find = async <T extends Aggregate>(plan: Plan<T>, scope: Scope, id: string): Promise<T | undefined> => {
    const general = plan as unknown as Plan
    if (!staging.seen(general, id)) {
      const found = await read((session) => plan.collection.findOne(within(scope, { _id: id }), session && { session }))
      if (found) staging.learn(general, found)
    }
    const current = staging.seen(general, id)?.current
    return current && covers(scope, current) ? plan.record(current) : undefined
  }

  const tx: Tx = {
    at: cause.at,
    cause,
    find: (repository, scope, id) => find(planBehind(repository), scope, id),
    async get(repository, scope, id) {
      const record = await find(planBehind(repository), scope, id)
      if (!record) throw notFound(repository.name, id)
      return record
    },
    async findBy<T extends Aggregate>(
      repository: Repository<T>,
      scope: Scope,
      filter: Filter,
      options: FindOptions = {},
    ) {
      const plan = planBehind(repository)
      await gate()
      if (staging.unsent().length > 0) await inTurn(() => sender.send([], false))
      const { sort = [], limit = 0 } = options
      const found = await read((session) =>
        plan.collection
          .find(within(scope, filter), session && { session })
          .sort(sortOf(sort))
          .limit(limit)
          .toArray(),
      )
      const known = found.map((document) => staging.learn(plan as unknown as Plan, document))
      return known.flatMap((document) => (document ? [plan.record(document)] : []))
    },
    save: (repository, decision) => staging.save(planBehind(repository), decision),
    put: (repository, record) => staging.put(planBehind(repository), record),
    remove: (repository, record) => staging.remove(planBehind(repository) as unknown as Plan, record),
  }

  return {
    tx,
    staging,
    keys: sender.keys,
    lastStaged: () =>
      staging
        .unsent()
        .flatMap(({ rows }) => rows)
        .at(-1)?._id ?? sender.lastEvent(),
    async finish(first) {
      await Promise.all([turn, gate()])
      // What the work swallowed has still broken its transaction.
      if (doomed !== undefined) throw doomed
      await sender.send(first, true)
      await sender.commit()
      await sender.close()
    },
    abort: sender.close,
  }
}
