import { type Aggregate, type Cause, notFound, type Scope } from '@saleswright/kernel'
import type { mongo } from 'mongoose'
import { type Plan, planBehind } from './plan.ts'
import type { Tx } from './ports.ts'
import type { Grip, Queues } from './queues.ts'
import { type Around, createReads, createTurns } from './reads.ts'
import type { Recent } from './recent.ts'
import { createSender } from './sender.ts'
import { createStaging, type Describe, keyOf, type Staging, type Write } from './staging.ts'

export type Workplace = {
  readonly client: mongo.MongoClient
  readonly database: string
  readonly describe: Describe
  readonly queues: Queues
  readonly recent: Recent
}

/** One attempt: its transaction port for the work, and its end. */
export type Attempt = {
  readonly tx: Tx
  readonly staging: Staging
  /** Whether it took something for true without asking. */
  readonly trusted: () => boolean
  /** The keys of everything that it wrote or would write. */
  readonly keys: () => readonly string[]
  /** The id of the last event that it told or will tell. */
  readonly lastEvent: () => string | undefined
  /** Sends these writes first and then what is staged, and commits; `sent` comes in between. */
  readonly finish: (first: readonly Write[], sent?: () => Promise<void>) => Promise<void>
  readonly abort: () => Promise<void>
}

/** What the work is given. */
const portOf = (cause: Cause, staging: Staging, reads: ReturnType<typeof createReads>): Tx => {
  const find = async <T extends Aggregate>(plan: Plan<T>, scope: Scope, id: string): Promise<T | undefined> => {
    const document = await reads.byId(plan as unknown as Plan, scope, id)
    return document && plan.record(document)
  }
  return {
    at: cause.at,
    cause,
    find: (repository, scope, id) => find(planBehind(repository), scope, id),
    async get(repository, scope, id) {
      const record = await find(planBehind(repository), scope, id)
      if (!record) throw notFound(repository.name, id)
      return record
    },
    async findEach(repository, scope, ids) {
      const plan = planBehind(repository)
      const documents = await reads.byIds(plan as unknown as Plan, scope, ids)
      return documents.map((document) => document && plan.record(document))
    },
    async findHolder(repository, scope, filter) {
      const plan = planBehind(repository)
      const document = await reads.holder(plan as unknown as Plan, scope, filter)
      return document && plan.record(document)
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
}

export const openAttempt = (workplace: Workplace, cause: Cause, grip: Grip, around: Around): Attempt => {
  const { recent } = workplace
  const staging = createStaging(cause, workplace.describe)
  const sender = createSender({ ...workplace, staging, grip })
  const turns = createTurns()
  const reads = createReads({ staging, sender, turns, around, recent })
  return {
    tx: portOf(cause, staging, reads),
    staging,
    trusted: reads.trusted,
    keys: sender.keys,
    lastEvent: sender.lastEvent,
    async finish(first, sent) {
      await Promise.all([turns.ended(), around.gate()])
      await reads.confirm()
      await sender.send(first, true)
      await sent?.()
      await sender.commit()
      for (const { plan, id, current } of staging.written()) recent.keep(keyOf(plan, id), current)
      await sender.close()
    },
    abort: () => sender.close(),
  }
}
