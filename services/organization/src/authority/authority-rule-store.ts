import {
  type Base,
  EXTERNAL_REF_FIELD,
  EXTERNAL_REF_UNIQUE,
  type Fields,
  indexExternalRef,
  type Mapping,
  MONEY_FIELD,
  moneyFrom,
  plain,
  type StoredMoney,
  storedMoney,
} from '@saleswright/store'
import { Schema } from 'mongoose'
import type { AuthorityRule } from './authority-rule.ts'

type Document = Omit<Fields<AuthorityRule>, 'upTo'> & { readonly upTo?: StoredMoney | undefined }

const schema = new Schema(
  {
    class: { type: String, required: true },
    positionId: { type: String, required: true },
    upTo: MONEY_FIELD,
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
  document: (rule) => ({ ...document(rule), upTo: rule.upTo && storedMoney(rule.upTo) }),
  record: ({ upTo, ...rest }) => ({
    ...record(rest as Fields<AuthorityRule> & Base),
    ...(upTo && { upTo: moneyFrom(upTo) }),
  }),
  uniques: EXTERNAL_REF_UNIQUE,
  reaches: [],
}
