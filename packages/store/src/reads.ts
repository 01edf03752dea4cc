import type { Scope } from '@saleswright/kernel'
import type { mongo } from 'mongoose'
import { Overtaken } from './faults.ts'
import type { Filter } from './mapping.ts'
import { covers, type Plan, type Stored, sortOf, within } from './plan.ts'
import type { FindOptions } from './ports.ts'
import type { Recent } from './recent.ts'
import type { Sender } from './sender.ts'
import { keyOf, type Staging } from './staging.ts'

/** Steps of one session, which carries a single command at a time however many reads the work starts at once. */
export const createTurns = () => {
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
  /** Whether what this process stored last may be taken for what is stored, and what must be unique for unique. */
  readonly trusting: boolean
}

type Parts = {
  readonly staging: Staging
  readonly sender: Sender
  readonly turns: Turns
  readonly around: Around
  readonly recent: Recent
}

/** A question, in the session of the attempt if it has one. */
type Ask = <R>(ask: (options: { session?: mongo.ClientSession }) => Promise<R>) => Promise<R>

/** Brings records into the staging: from what this process stored last, or else from the store, many at once. */
const createLookUp = ({ staging, around, recent }: Parts, read: Ask) => {
  const trusted = new Set<string>()
  const known = (plan: Plan, id: string): boolean => {
    const key = keyOf(plan, id)
    const document = around.trusting ? recent.find(key) : undefined
    if (!document) return false
    trusted.add(key)
    staging.learn(plan, document)
    return true
  }
  /** A single id goes with the scope; whose the records of many are, is asked of what was found. */
  const many = async (plan: Plan, ids: readonly string[], scope: Scope): Promise<void> => {
    const missing = ids.filter((id) => !staging.seen(plan, id) && !known(plan, id))
    const [only] = missing
    if (only === undefined) return
    const { collection } = plan
    const filter =
      missing.length > 1 ? ({ _id: { $in: missing } } as mongo.Filter<Stored>) : within(scope, { _id: only })
    const found = await read((options) =>
      collection.find(filter, { ...options, limit: missing.length, singleBatch: true }).toArray(),
    )
    for (const document of found) if (!staging.seen(plan, document._id)) staging.learn(plan, document)
  }
  return {
    many,
    trusted: () => trusted.size > 0,
    /** What was taken for true and is not going to be written is looked at once more; a write names its version itself. */
    confirm: async (): Promise<void> => {
      if (trusted.size === 0) return
      const open = [...staging.entries()].filter(
        ({ plan, id }) => trusted.has(keyOf(plan, id)) && !staging.wrote(plan, id),
      )
      await Promise.all(
        [...Map.groupBy(open, ({ plan }) => plan)].map(async ([{ collection }, entries]) => {
          const filter = { _id: { $in: entries.map(({ id }) => id) } } as mongo.Filter<Stored>
          const found = await read((options) =>
            collection.find(filter, { ...options, projection: { version: 1 } }).toArray(),
          )
          const versions = new Map(found.map(({ _id, version }) => [_id, version]))
          const old = entries.find(({ id, stored }) => versions.get(id) !== stored?.version)
          if (old) throw new Overtaken(keyOf(old.plan, old.id))
        }),
      )
    },
  }
}

/** Asks for records by what they hold. */
const createSearch = ({ staging, sender, turns, around }: Parts, read: Ask) => {
  let believed = false
  const byFilter = async (plan: Plan, scope: Scope, filter: Filter, { sort = [], limit = 0 }: FindOptions) => {
    await around.gate()
    if (staging.unsent().length > 0) await turns.take(() => sender.send([], false))
    const found = await read((options) =>
      plan.collection.find(within(scope, filter), options).sort(sortOf(sort)).limit(limit).toArray(),
    )
    return found.flatMap((document) => staging.learn(plan, document) ?? [])
  }
  return {
    byFilter,
    holder: async (plan: Plan, scope: Scope, filter: Filter): Promise<Stored | undefined> => {
      believed ||= around.trusting
      const [found] = around.trusting ? [] : await byFilter(plan, scope, filter, { limit: 1 })
      return found
    },
    believed: () => believed,
  }
}

/** Documents as the attempt sees them: from the database, with what it has staged. */
export const createReads = (parts: Parts) => {
  const { staging, sender, turns, around } = parts
  const { gate, together } = around
  const looked = new Map<Plan, Promise<void>>()
  const read: Ask = async (ask) => {
    const session = sender.session()
    const [answer] = await Promise.all([session ? turns.take(() => ask({ session })) : ask({}), gate()])
    return answer
  }
  const { many, trusted, confirm } = createLookUp(parts, read)
  const { byFilter, holder, believed } = createSearch(parts, read)
  const lookFor = async (plan: Plan, scope: Scope, ids: readonly string[]): Promise<void> => {
    // That nobody has one is true in every scope.
    if (!ids.every((id) => together.has(id))) return await many(plan, ids, scope)
    const looking = looked.get(plan) ?? many(plan, [...together], scope)
    looked.set(plan, looking)
    return await looking
  }
  const seen = (plan: Plan, scope: Scope, id: string): Stored | undefined => {
    const current = staging.seen(plan, id)?.current
    return current && covers(scope, current) ? current : undefined
  }
  const byIds = async (plan: Plan, scope: Scope, ids: readonly string[]): Promise<readonly (Stored | undefined)[]> => {
    if (!ids.every((id) => staging.seen(plan, id))) await lookFor(plan, scope, ids)
    return ids.map((id) => seen(plan, scope, id))
  }
  return {
    byFilter,
    holder,
    byIds,
    byId: async (plan: Plan, scope: Scope, id: string) => (await byIds(plan, scope, [id]))[0],
    trusted: () => believed() || trusted(),
    async confirm(): Promise<void> {
      // Where nothing is written, no index says whether it was unique.
      if (believed() && staging.unsent().length === 0) throw new Overtaken('what must be unique', true)
      await confirm()
    },
  }
}
