import {
  type Base,
  type Fields,
  type Mapping,
  MONEY_FIELD,
  moneyFrom,
  plain,
  type StoredMoney,
  storedMoney,
} from '@saleswright/store'
import { Schema } from 'mongoose'
import type { Approval } from './approval.ts'

type Document = Omit<Fields<Approval>, 'amount'> & { readonly amount?: StoredMoney | undefined }

const voice = { personId: String, onBehalfOf: String }

const schema = new Schema(
  {
    class: { type: String, required: true },
    subject: { type: String, required: true },
    status: { type: String, required: true },
    requesterId: { type: String, required: true },
    recordedFor: String,
    interestedIds: { type: [String], default: undefined },
    amount: MONEY_FIELD,
    contentHash: { type: String, required: true },
    snapshot: String,
    neededAt: { type: Date, required: true },
    businessDate: { type: String, required: true },
    approverIds: { type: [String], required: true },
    approvedBy: { type: { ...voice, _id: false }, default: undefined },
    signers: {
      type: [{ personId: String, addedBy: String, approved: Boolean, signedBy: String, _id: false }],
      required: true,
    },
    steps: { type: [{ ...voice, action: String, comment: String, at: Date, _id: false }], required: true },
  },
  { _id: false },
)
schema.index({ companyId: 1, approverIds: 1, status: 1 })
schema.index({ companyId: 1, 'signers.personId': 1, status: 1 })
schema.index({ companyId: 1, status: 1, class: 1 })
schema.index({ companyId: 1, subject: 1 })

const { document, record } = plain<Approval>()

export const approvalMapping: Mapping<Approval, Document> = {
  name: 'approval',
  collection: 'approvals',
  schema,
  version: 1,
  document: (approval) => ({ ...document(approval), amount: approval.amount && storedMoney(approval.amount) }),
  record: ({ amount, ...rest }) => ({
    ...record(rest as Fields<Approval> & Base),
    ...(amount && { amount: moneyFrom(amount) }),
  }),
  orders: { neededAt: 'neededAt' },
  listed: '-neededAt',
  reaches: ['self', 'team', 'subtree'],
}
