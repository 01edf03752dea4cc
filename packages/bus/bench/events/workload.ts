import { create, type DescMessage, type Message as Fact } from '@bufbuild/protobuf'
import { StringValueSchema } from '@bufbuild/protobuf/wkt'
import { type Aggregate, type Cause, companyScope, newId } from '@saleswright/kernel'
import type { Mapping, Repository, Store } from '@saleswright/store'
import mongoose, { type mongo } from 'mongoose'
import { when } from '../../src/index.ts'

/** A document as services have them, told of in two events of some 300 bytes. */
type Order = Aggregate & { readonly customer: string; readonly note: string }
type Copy = Aggregate & { readonly no: number; readonly note: string }

const COMPANY = 'company-1'
const ALL = companyScope(COMPANY)
const NOTE = 'x'.repeat(260)
const PARALLEL = 16

export const describe = (): DescMessage => StringValueSchema

const { Schema } = mongoose
const strict = { strict: 'throw', versionKey: false } as const

const orders: Mapping<Order, { customer: string; note: string }> = {
  name: 'order',
  collection: 'orders',
  schema: new Schema({ customer: String, note: String }, strict),
  version: 1,
  document: ({ customer, note }) => ({ customer, note }),
  record: ({ customer, note }) => ({ customer, note }),
}

const copies: Mapping<Copy, { no: number; note: string }> = {
  name: 'copy',
  collection: 'copies',
  schema: new Schema({ no: Number, note: String }, strict),
  version: 1,
  document: ({ no, note }) => ({ no, note }),
  record: ({ no, note }) => ({ no, note }),
  reaches: [],
}

const cause = (): Cause => ({
  actor: { id: newId(), kind: 'staff', companyId: COMPANY, grants: new Map() },
  at: new Date(),
  correlationId: newId(),
})

const FACTS = ['a', 'b']

/** Gives what makes one order with its two events. */
export const teller = (store: Store): (() => Promise<unknown>) => {
  const made = tellers.get(store) ?? store.repository(orders)
  tellers.set(store, made)
  return () => {
    const next = { id: newId(), version: 0, companyId: COMPANY, customer: newId(), note: NOTE }
    const events = FACTS.map((value): Fact => create(StringValueSchema, { value: `${value}${NOTE}` }))
    return store.transact(cause(), async (tx) => tx.save(made, { next, events }))
  }
}
const tellers = new WeakMap<Store, Repository<Order>>()

/** Stores so many events, two by two. */
export const fill = async (store: Store, events: number): Promise<void> => {
  const tell = teller(store)
  await store.start()
  const worker = async (): Promise<void> => {
    for (let done = 0; done < events / 2 / PARALLEL; done++) await tell()
  }
  await Promise.all(Array.from({ length: PARALLEL }, worker))
}

/** One find and one put for each event. */
export const copying = (store: Store) => {
  const kept = store.repository(copies)
  return when(StringValueSchema, async ({ value: note }, { envelope: { aggregateId: id }, tx }) => {
    const before = (await tx.find(kept, ALL, id)) ?? { id, version: 0, companyId: COMPANY, no: 0, note: '' }
    tx.put(kept, { ...before, no: before.no + 1, note })
  })
}

/** What the same effects cost the driver: batches of 200 events, a read and a write in a transaction for each batch. */
export const rawCopying = async (client: mongo.MongoClient, name: string, events: number): Promise<void> => {
  type Raw = { readonly _id: string; readonly no: number }
  const rows = client.db(name).collection<Raw>('copies')
  const namespace = `${name}.copies`
  await client.db(name).createCollection('copies')
  for (let done = 0; done < events; done += 200) {
    const ids = Array.from({ length: 100 }, () => newId())
    await rows.find({ _id: { $in: ids } }).toArray()
    await client.withSession(async (session) => {
      session.startTransaction({ readConcern: { level: 'majority' }, writeConcern: { w: 'majority' } })
      const document = { companyId: COMPANY, version: 2, schema: 1, no: 2, note: NOTE }
      const models = ids.map((_id): mongo.AnyClientBulkWriteModel<mongo.Document> => {
        const whole: mongo.Document = { ...document, _id }
        return { namespace, name: 'insertOne', document: whole }
      })
      await client.bulkWrite(models, { session, ordered: true })
      await session.commitTransaction()
    })
  }
}
