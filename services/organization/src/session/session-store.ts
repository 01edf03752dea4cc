import { type PlainMapping, plain } from '@saleswright/store'
import { Schema } from 'mongoose'
import type { Session } from './session.ts'

const schema = new Schema(
  {
    personId: { type: String, required: true },
    generation: { type: Number, required: true },
    idleUntil: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
    endedAt: Date,
  },
  { _id: false },
)
schema.index({ companyId: 1, personId: 1 })
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 })

export const sessionMapping: PlainMapping<Session> = {
  ...plain<Session>(),
  name: 'session',
  collection: 'sessions',
  schema,
  version: 1,
  reaches: [],
}
