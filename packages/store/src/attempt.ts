import { type Aggregate, type Cause, notFound, type Scope } from '@saleswright/kernel'
import type { mongo } from 'mongoose'
import type { Filter } from './mapping.ts'
import { covers, type Plan, planBehind, type Stored, sortOf, within } from './plan.ts'
import type { FindOptions, Tx } from './ports.ts'
import type { Grip, Queues } from './queues.ts'
import { createSender, type Sender } from './sender.ts'
import { createStaging, type Describe, type Staging, type Write } from './staging.ts'

export type Workplace = {
  readonly client: mongo.MongoClient
  readonly database: string
  readonly describe: Describe
  readonly queues: Queues
}

/** One attempt: its transaction port for the work, and its end. */
export type Attempt = {
  readonly tx: Tx
  readonly staging: Staging
  /** The keys of everything that it wrote or would write. */
  readonly keys: () => readonly string[]
  /** The id of the last event that it told or will tell. */
  readonly lastEvent: () => string | undefined
  /** Sends these writes first and then what is staged, and commits; `sent` comes in between. */
  readonly finish: (first: readonly Write[], sent?: () => Promise<void>) => Promise<void>
  readonly abort: () => Promise<void>
}

/** Steps of one session, which carries a single command at a time however many reads the work starts at once. */
const createTurns = () => {
  let turn: Promise<unknown> = Promise.resolve()
  let failed: { readonly error: unknown } | undefined
  return {
    take<R>(step: () => Promise<R>): Promise<R> {
      const next = turn.then(step)
      turn = next.catch((error: unknown) => {
        failed ??= { error }
      })
      return next
    },
    /** Waits for the last step. What the work swallowed has broken its transaction all the same. */
    async ended() {
      await turn
      if (failed) throw failed.error
    },
  }
}
type Turns = ReturnType<typeof createTurns>

/** What goes on beside the work of an attempt. */
export type Around = {
  /** Waited for beside every read: it throws when the attempt need not be made. */
  readonly gate: () => Promise<void>
  /** Ids of which the first that is looked up in a collection makes all of them be looked up there at once. */
  readonly together: ReadonlySet<string>
}

/** Documents as the attempt sees them: from the database, with what it has staged. */
const createReads = (staging: Staging, sender: Sender, turns: Turns, { gate, together }: Around) => {
  const looked = new Map<Plan, Promise<void>>()
  const read = async <R>(ask: (options: { session?: mongo.ClientSession }) => Promise<R>): Promise<R> => {
    const session = sender.session()
    const [answer] = await Promise.all([session ? turns.take(() => ask({ session })) : ask({}), gate()])
    return answer
  }
  const lookTogether = async (plan: Plan): Promise<void> => {
    const ids = [...together].filter((id) => !staging.seen(plan, id))
    const filter: mongo.Filter<Stored> = { _id: { $in: ids } }
    for (const document of await read((options) =>
      plan.collection.find(filter, { ...options, batchSize: ids.length }).toArray(),
    )) {
      if (!staging.seen(plan, document._id)) staging.learn(plan, document)
    }
  }
  /** Whose it is, is asked of what was found: that nobody has it is true in every scope. */
  const lookFor = async (plan: Plan, scope: Scope, id: string): Promise<void> => {
    if (together.has(id)) {
      const looking = looked.get(plan) ?? lookTogether(plan)
      looked.set(plan, looking)
      return await looking
    }
    const found = await read((options) => plan.collection.findOne(within(scope, { _id: id }), options))
    if (found) staging.learn(plan, found)
  }
  return {
    async byId(plan: Plan, scope: Scope, id: string): Promise<Stored | undefined> {
      if (!staging.seen(plan, id)) await lookFor(plan, scope, id)
      const current = staging.seen(plan, id)?.current
      return current && covers(scope, current) ? current : undefined
    },
    async byFilter(plan: Plan, scope: Scope, filter: Filter, { sort = [], limit = 0 }: FindOptions) {
      await gate()
      if (staging.unsent().length > 0) await turns.take(() => sender.send([], false))
      const found = await read((options) =>
        plan.collection.find(within(scope, filter), options).sort(sortOf(sort)).limit(limit).toArray(),
      )
      return found.flatMap((document) => staging.learn(plan, document) ?? [])
    },
  }
}

export const openAttempt = (workplace: Workplace, cause: Cause, grip: Grip, around: Around): Attempt => {
  const staging = createStaging(cause, workplace.describe)
  const sender = createSender({ ...workplace, staging, grip })
  const turns = createTurns()
  const reads = createReads(staging, sender, turns, around)

  const find = async <T extends Aggregate>(plan: Plan<T>, scope: Scope, id: string): Promise<T | undefined> => {
    const document = await reads.byId(plan as unknown as Plan, scope, id)
    return document && plan.record(document)
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
    async findBy(repository, scope, filter, options = {}) {
      const plan = planBehind(repository)
      const documents = await reads.byFilter(plan as unknown as Plan, scope, filter, options)
      return documents.map(plan.record)
    },
    save: (repository, decision) => staging.save(planBehind(repository), decision),
    put: (repository, record) => staging.put(planBehind(repository), record),
    remove: (repository, record) => staging.remove(planBehind(repository) as unknown as Plan, record),
  }

  return {
    tx,
    staging,
    keys: sender.keys,
    lastEvent: sender.lastEvent,
    async finish(first, sent) {
      await Promise.all([turns.ended(), around.gate()])
      await sender.send(first, true)
      await sent?.()
      await sender.commit()
      await sender.close()
    },
    abort: () => sender.close(),
  }
}
