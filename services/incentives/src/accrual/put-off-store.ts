import { exact, type Fields, type Mapping, ownFields } from '@saleswright/store'
import { Schema } from 'mongoose'
import type { Allocation } from '../commission-line/commission-line.ts'

type AllocationDocument = Omit<Fields<Allocation>, 'basis'> & { readonly basis: number }

const schema = new Schema(
  {
    orderId: String,
    orderNo: String,
    paymentId: String,
    paymentNo: String,
    allocatedOn: { type: String, required: true },
    currency: { type: String, required: true },
    basis: Number,
  },
  { strict: 'throw', versionKey: false },
)
schema.index({ companyId: 1, currency: 1, _id: 1 })

/** Allocations of days without a plan, until there is one. */
export const putOffMapping: Mapping<Allocation, AllocationDocument> = {
  name: 'put_off_allocation',
  collection: 'put_off_allocations',
  schema,
  version: 1,
  document: (allocation) => ({ ...ownFields(allocation), basis: exact(allocation.basis) }),
  record: (document) => ({ ...ownFields(document), basis: BigInt(document.basis) }),
  reaches: [],
}
