import { exact, type Fields, type Mapping, ownFields } from '@saleswright/store'
import { Schema } from 'mongoose'
import type { CreditEvaluation } from './credit-evaluation.ts'

type CreditEvaluationDocument = Omit<Fields<CreditEvaluation>, 'requestedLimit'> & {
  readonly currency: string
  readonly requestedLimit: number
}

const schema = new Schema(
  {
    status: { type: String, required: true },
    requesterId: String,
    customerId: { type: String, required: true },
    currency: { type: String, required: true },
    requestedLimit: { type: Number, required: true },
    validFrom: { type: String, required: true },
    validUntil: { type: String, required: true },
    grounds: { type: String, required: true },
    businessDate: { type: String, required: true },
    round: { type: Number, required: true },
    contentHash: String,
    approvalId: String,
    decidedBy: String,
    decisionComment: String,
  },
  { versionKey: false, strict: 'throw' },
)
schema.index({ companyId: 1, customerId: 1, _id: -1 })
schema.index({ companyId: 1, status: 1, _id: -1 })

export const creditEvaluationMapping: Mapping<CreditEvaluation, CreditEvaluationDocument> = {
  name: 'credit_evaluation',
  collection: 'credit_evaluations',
  schema,
  version: 1,
  document: ({ requestedLimit, ...evaluation }) => ({
    ...ownFields(evaluation),
    currency: requestedLimit.currency,
    requestedLimit: exact(requestedLimit.minor),
  }),
  record: ({ currency, requestedLimit, ...document }) => ({
    ...ownFields(document),
    requestedLimit: { currency, minor: BigInt(requestedLimit) },
  }),
  orders: { requestedLimit: 'requestedLimit', validUntil: 'validUntil' },
}
