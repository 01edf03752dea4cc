import { companyScope } from '@saleswright/kernel'
import type { Platform, ServiceDefinition } from '@saleswright/service'
import type { Mapping, Repository, Tx } from '@saleswright/store'
import { Schema } from 'mongoose'
import type { Source } from '../src/models/all.ts'
import { COMPANY, type Fact } from './facts.ts'

type Record = { readonly id: string; readonly version: number; readonly companyId: string }

const records: Mapping<Record> = {
  name: 'record',
  collection: 'records',
  schema: new Schema({}, { strict: 'throw', versionKey: false }),
  version: 1,
  document: () => ({}),
  record: () => ({}),
  reaches: [],
}

const save = async (tx: Tx, known: Repository<Record>, { aggregateId: id, event }: Fact): Promise<void> => {
  const next = (await tx.find(known, companyScope(COMPANY), id)) ?? { id, version: 0, companyId: COMPANY }
  tx.save(known, { next, events: [event] })
}

/** A service that does nothing but tell what a test wants to be told, through a store and a relay like any other. */
export const producer = (name: Source) => {
  let platform: Platform | undefined
  let known: Repository<Record>
  const definition: ServiceDefinition = {
    name,
    build: (given) => {
      platform = given
      known = given.store.repository(records)
      return { bounds: [], mappings: [records] }
    },
  }
  return {
    definition,
    /** Tells facts together, as one command would, and gives the id of the last event. */
    tell: async (facts: readonly Fact[]): Promise<string> => {
      if (!platform) throw new Error(`${name} does not run`)
      await platform.store.transact(platform.cause(), async (tx) => {
        for (const fact of facts) await save(tx, known, fact)
      })
      const last = facts.at(-1)?.aggregateId ?? ''
      const { items } = await platform.store.eventLog.audit(COMPANY, { aggregateId: last, orderBy: '-eventId' })
      return items[0]?.eventId ?? ''
    },
  }
}
