import type { mongo } from 'mongoose'
import { isUnknownCommit, Overtaken } from './faults.ts'
import { pause } from './pause.ts'
import type { Grip } from './queues.ts'
import type { Recent } from './recent.ts'
import { type Entry, keyOf, type Staging, type Write } from './staging.ts'

/** The way of one attempt's writes to the database. */
export type Sender = {
  /** Open once something was sent before the end. */
  readonly session: () => mongo.ClientSession | undefined
  /** Sends these writes first and then what is staged. The last ones need no transaction when they are a single write. */
  readonly send: (first: readonly Write[], last: boolean) => Promise<void>
  readonly commit: () => Promise<void>
  /** Gives up what was not committed. */
  readonly close: () => Promise<void>
  /** Of everything sent or staged. */
  readonly keys: () => readonly string[]
  readonly lastEvent: () => string | undefined
}

type Parts = {
  readonly client: mongo.MongoClient
  readonly database: string
  readonly recent: Recent
  readonly staging: Staging
  readonly grip: Grip
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

const begin = (client: mongo.MongoClient): mongo.ClientSession => {
  const session = client.startSession()
  session.startTransaction({ readConcern: { level: 'majority' }, writeConcern: { w: 'majority' } })
  return session
}

const keysOf = (entries: readonly Entry[]): readonly string[] => entries.map(({ plan, id }) => keyOf(plan, id))

export const createSender = ({ client, database, recent, staging, grip }: Parts): Sender => {
  const versions = new Map<string, number>()
  let session: mongo.ClientSession | undefined
  let lastEvent: string | undefined

  /** What another of this process stored while we waited for it need not be sent to be refused. */
  const refuseOld = (entries: readonly Entry[]): void => {
    for (const { plan, id, stored } of entries) {
      const key = keyOf(plan, id)
      // A higher version than ours; a lower one only means that another process came in between.
      if (!versions.has(key) && recent.version(key) > (stored?.version ?? 0)) throw new Overtaken(key, true)
    }
  }

  const write = async (models: readonly Write[], last: boolean): Promise<void> => {
    if (!(last && models.length === 1)) session ??= begin(client)
    const options = { ...(session && { session }), ordered: true, ignoreUndefined: true }
    const { matchedCount, deletedCount } = await client.bulkWrite(models, options)
    // Every update and delete names the version that it expects, so each must find its document.
    const guarded = models.filter(({ name }) => name !== 'insertOne').length
    if (matchedCount + deletedCount !== guarded) throw new Overtaken(keysOf(staging.unsent()).join())
  }

  return {
    session: () => session,
    async send(first, last) {
      const entries = staging.unsent()
      await grip.reach(keysOf(entries))
      refuseOld(entries)
      const models = [...first, ...staging.writes(database)]
      if (models.length > 0) await write(models, last)
      lastEvent = staging.lastEvent() ?? lastEvent
      for (const { plan, id, current } of entries) versions.set(keyOf(plan, id), current?.version ?? 0)
      staging.sent()
    },
    async commit() {
      if (session) await commit(session)
    },
    async close() {
      if (session?.inTransaction()) await session.abortTransaction()
      await session?.endSession()
    },
    keys: () => [...versions.keys(), ...keysOf(staging.unsent())],
    lastEvent: () => staging.lastEvent() ?? lastEvent,
  }
}
