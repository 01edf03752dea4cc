import { type PlainMapping, plain } from '@saleswright/store'
import { Schema } from 'mongoose'
import type { PartnerApplication } from './partner-application.ts'

const schema = new Schema(
  {
    name: { type: String, required: true },
    clientId: { type: String, required: true },
    status: { type: String, required: true },
    secrets: { type: [{ _id: false, hash: String, until: Date }], required: true },
  },
  { _id: false },
)
schema.index({ clientId: 1 }, { name: 'client_id', unique: true })

export const partnerApplicationMapping: PlainMapping<PartnerApplication> = {
  ...plain<PartnerApplication>(),
  name: 'partner_application',
  collection: 'partner_applications',
  schema,
  generated: ['client_id'],
  version: 1,
  orders: { name: 'name' },
  sensitive: ['secrets'],
  reaches: ['partner'],
}
