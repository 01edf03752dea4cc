import type { Base, Fields, Mapping } from '@saleswright/store'
import { Schema } from 'mongoose'
import { EXTERNAL_REF_FIELD, EXTERNAL_REF_UNIQUE, indexExternalRef } from '../external-ref.ts'
import { plain } from '../plain.ts'
import { moneyDocument, moneyRecord, STORED_MONEY, type StoredMoney } from '../stored-money.ts'
import type { AuthorityRule } from './authority-rule.ts'

type Document = Omit<Fields<AuthorityRule>, 'upTo'> & { readonly upTo?: StoredMoney | undefined }

const schema = new Schema(
  {
    class: { type: String, required: true },
    positionId: { type: String, required: true },
    upTo: STORED_MONEY,
    from: { type: String, required: true },
    until: String,
    externalRef: EXTERNAL_REF_FIELD,
  },
  { _id: false },
)
schema.index({ companyId: 1, class: 1 })
indexExternalRef(schema)

const { document, record } = plain<AuthorityRule>()

export const authorityRuleMapping: Mapping<AuthorityRule, Document> = {
  name: 'authority_rule',
  collection: 'authority_rules',
  schema,
  version: 1,
  document: (rule) => ({ ...document(rule), upTo: rule.upTo && moneyDocument(rule.upTo) }),
  record: ({ upTo, ...rest }) => ({
    ...record(rest as Fields<AuthorityRule> & Base),
    ...(upTo && { upTo: moneyRecord(upTo) }),
  }),
  uniques: EXTERNAL_REF_UNIQUE,
  reaches: [],
}
