import { hash } from 'node:crypto'
import type { Plan, Stored } from './plan.ts'
import { canonical, type Doc } from './values.ts'

/** What a record was after an event: a hash of its fields, and the form that they had. Part of the event's own hash. */
export type RecordState = { readonly hash: string; readonly schema: number }

/** Fields that this mapping does not know belong to newer code, and are not part of it. */
export const stateOf = ({ fields }: Pick<Plan, 'fields'>, document: Stored): RecordState => {
  const { _id, version, schema } = document
  const known = fields.map((field) => (document as unknown as Doc)[field])
  return { schema, hash: hash('sha256', canonical([_id, version, schema, known]), 'base64url') }
}

/**
 * Whether a record is what its last event left. Undefined where that cannot be said: the event is from before states were kept, or
 * another version of the mapping wrote the record, whose fields this one need not know.
 */
export const isAsLeft = (plan: Plan, document: Stored, state: RecordState | undefined): boolean | undefined => {
  if (!state) return undefined
  if (state.schema === plan.version) return stateOf(plan, document).hash === state.hash
  // A migration rewrites records to the form of today, and tells no event; nothing else changes the form.
  const isMigrated = state.schema < plan.version && document.schema === plan.version
  return isMigrated || document.schema === state.schema ? undefined : false
}
