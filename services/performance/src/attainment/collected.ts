import type { Aggregate, BusinessDate } from '@saleswright/kernel'
import { exact, type Fields, type Mapping, ownFields } from '@saleswright/store'
import { Schema } from 'mongoose'

/**
 * R369, R374: net money that came in on a day, or below zero what went back: one row for each allocation and each reversal of it, with
 * the place that the allocation told. It is made of the events of its payment alone, and summed when somebody asks (decisions 23).
 */
export type Collected = Aggregate & {
  readonly ownerId: string
  readonly unitId: string
  readonly orgPath: readonly string[]
  readonly on: BusinessDate
  readonly currency: string
  /** In the smallest unit. */
  readonly amount: bigint
  readonly paymentId: string
  readonly orderId: string
  readonly recordedAt: Date
}

type CollectedDocument = Omit<Fields<Collected>, 'amount'> & { readonly amount: number }

const schema = new Schema(
  {
    on: { type: String, required: true },
    currency: String,
    amount: Number,
    paymentId: String,
    orderId: String,
    recordedAt: { type: Date, required: true },
  },
  { strict: 'throw', versionKey: false },
)
schema.index({ companyId: 1, on: 1 })
schema.index({ companyId: 1, recordedAt: -1 })

export const collectedMapping: Mapping<Collected, CollectedDocument> = {
  name: 'collected',
  collection: 'collected',
  schema,
  version: 1,
  document: (row) => ({ ...ownFields(row), amount: exact(row.amount) }),
  record: (document) => ({ ...ownFields(document), amount: BigInt(document.amount) }),
  reaches: [],
}
