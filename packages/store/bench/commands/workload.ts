import { type Aggregate, companyScope, newId } from '@saleswright/kernel'
import mongoose, { type mongo } from 'mongoose'
import type { Mapping } from '../../src/index.ts'

type Line = { readonly no: number; readonly sku: string; readonly quantity: number; readonly net: number }
export type Document = Aggregate & { readonly note: string; readonly lines: readonly Line[] }
type Stored = { readonly note: string; readonly lines: readonly Line[] }

export const EVENTS = ['changed', 'noted'] as const
export const LINES = {
  scope: companyScope('c1'),
  five: Array.from({ length: 5 }, (_, no) => ({
    no,
    sku: `SKU-${no}-${'x'.repeat(60)}`,
    quantity: 1_000,
    net: 129_900,
  })),
}

const { Schema } = mongoose

export const DOCUMENTS: Mapping<Document, Stored> = {
  name: 'document',
  collection: 'documents',
  schema: new Schema<Stored>({ note: String, lines: [{}] }, { strict: 'throw', versionKey: false }),
  version: 1,
  document: ({ note, lines }) => ({ note, lines }),
  record: ({ note, lines }) => ({ note, lines }),
}

export const newDocument = (): Document => ({
  id: newId(),
  version: 0,
  companyId: 'c1',
  ownerId: 'p1',
  unitId: 'u3',
  orgPath: ['u1', 'u2', 'u3'],
  note: '',
  lines: LINES.five,
})

export const command = (key: string) => ({
  actor: { id: 'p1', kind: 'staff' as const, companyId: 'c1', grants: new Map([['x', 'company' as const]]) },
  at: new Date(),
  correlationId: 'r1',
  mark: `p1|m|${key}`,
  bodyHash: 'h'.repeat(64),
  permission: 'x',
})

type Row = { readonly _id: string; readonly [field: string]: unknown }

const eventOf = (aggregateId: string, version: number): mongo.Document => {
  const _id = newId()
  return {
    _id,
    type: 'google.protobuf.StringValue',
    record: 'document',
    companyId: 'c1',
    aggregateId,
    version,
    at: new Date(),
    actor: 'p1',
    correlationId: 'r1',
    data: Buffer.alloc(12),
    prevHash: 'h'.repeat(43),
    hash: 'h'.repeat(43),
  }
}

/** The mark and the document are looked up at once, then everything is written in one command of one transaction. */
export const rawCommand = async (client: mongo.MongoClient, id: string): Promise<void> => {
  const db = client.db('bench')
  const mark = newId()
  const [document] = await Promise.all([
    db.collection<Row>('documents').findOne({ _id: id, companyId: 'c1' }),
    db.collection<Row>('command_marks').findOne({ _id: mark }),
  ])
  const version = Number(document?.version)
  const [first, second] = [eventOf(id, version + 1), eventOf(id, version + 2)]
  const waiting: mongo.Document = { _id: first._id, at: new Date(), others: [second._id] }
  const change = { note: newId(), version: version + 2, chain: { hash: 'h'.repeat(43), eventId: newId() } }
  const filter: mongo.Document = { _id: id, version }
  const marked: mongo.Document = {
    _id: mark,
    bodyHash: 'h'.repeat(64),
    at: new Date(),
    response: Buffer.alloc(40),
    aggregateId: id,
  }
  await client.withSession(async (session) => {
    session.startTransaction({ readConcern: { level: 'majority' }, writeConcern: { w: 'majority' } })
    await client.bulkWrite(
      [
        { namespace: 'bench.command_marks', name: 'insertOne', document: marked },
        { namespace: 'bench.documents', name: 'updateOne', filter, update: { $set: change } },
        { namespace: 'bench.events', name: 'insertOne', document: first },
        { namespace: 'bench.events', name: 'insertOne', document: second },
        { namespace: 'bench.outbox', name: 'insertOne', document: waiting },
      ],
      { session, ordered: true },
    )
    await session.commitTransaction()
  })
}
