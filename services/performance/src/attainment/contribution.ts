import type { Aggregate, BusinessDate, OwnedPlace } from '@saleswright/kernel'
import { exact, type Fields, type Mapping, ownFields } from '@saleswright/store'
import { Schema } from 'mongoose'
import type { Basis } from '../target-plan/target-plan.ts'

/** What happened: an order was confirmed, a load left, a bill was written, money came onto a bill, a customer was put on file. */
export type Fact = 'ordered' | 'shipped' | 'billed' | 'collected' | 'filed'

/**
 * R369, R374: what counts towards targets on a day: one row for each fact, and one for each time that it was taken back, in whole or in
 * part. It says for whom and where it counts, is made of the events of its own record alone, and is summed when somebody asks.
 */
export type Contribution = Aggregate &
  OwnedPlace & {
    readonly fact: Fact
    readonly on: BusinessDate
    /** 1, or -1 for what was taken back as a whole. */
    readonly pieces: number
    /** Without tax, in the smallest unit; below zero for what was taken back. A customer has none. */
    readonly amount: bigint
    readonly currency: string
    readonly orderId?: string
    readonly recordedAt: Date
  }

/** The facts that a basis counts. */
export const FACTS = {
  ordered: 'ordered',
  shipped: 'shipped',
  billed: 'billed',
  collected: 'collected',
  order_count: 'ordered',
  customer_count: 'filed',
} as const satisfies Record<Basis, Fact>

type ContributionDocument = Omit<Fields<Contribution>, 'amount'> & { readonly amount: number }

const schema = new Schema(
  {
    fact: { type: String, required: true },
    on: { type: String, required: true },
    pieces: Number,
    amount: Number,
    currency: String,
    orderId: String,
    recordedAt: { type: Date, required: true },
  },
  { strict: 'throw', versionKey: false },
)
schema.index({ companyId: 1, on: 1 })
schema.index({ companyId: 1, recordedAt: -1 })

export const contributionMapping: Mapping<Contribution, ContributionDocument> = {
  name: 'contribution',
  collection: 'contributions',
  schema,
  version: 1,
  document: (row) => ({ ...ownFields(row), amount: exact(row.amount) }),
  record: (document) => ({ ...ownFields(document), amount: BigInt(document.amount) }),
  reaches: [],
}
