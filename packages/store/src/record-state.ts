import { hash } from 'node:crypto'
import type { Plan, Stored } from './plan.ts'
import { bytesOf, type Doc } from './values.ts'

/** What a record was after an event: a hash of its fields, and the form that they had. Part of the event's own hash. */
export type RecordState = { readonly hash: string; readonly schema: number }

const textOf = (text: string): string => `"${text.length}:${text}`

const valuesOf = (doc: Doc, fields: readonly string[]): string => {
  let text = '{'
  for (const field of fields) {
    const value = doc[field]
    if (value !== undefined) text += textOf(field) + told(value)
  }
  return `${text}}`
}

/**
 * Different for what is different to the store, and the same whatever the order of fields: texts tell their length, so that nothing
 * needs to be escaped. Every write of a record is told so, which is why it is not `canonical`: that takes three times as long.
 */
const told = (value: unknown): string => {
  if (typeof value === 'string') return textOf(value.isWellFormed() ? value : value.toWellFormed())
  if (typeof value === 'number') return `${value};`
  if (value === undefined || value === null) return '-'
  if (typeof value === 'boolean') return value ? '+' : '!'
  if (Array.isArray(value)) return `[${value.map(told).join('')}]`
  if (value instanceof Date) return `@${value.getTime()};`
  const bytes = bytesOf(value)
  return bytes ? `#${Buffer.from(bytes).toString('base64')};` : valuesOf(value as Doc, Object.keys(value as Doc).sort())
}

const sorted = new WeakMap<readonly string[], readonly string[]>()

const sortedFields = (fields: readonly string[]): readonly string[] => {
  const known = sorted.get(fields) ?? [...fields, '_id', 'version', 'schema'].sort()
  sorted.set(fields, known)
  return known
}

/** Fields that this mapping does not know belong to newer code, and are not part of it. */
export const stateOf = ({ fields }: Pick<Plan, 'fields'>, document: Stored): RecordState => ({
  schema: document.schema,
  hash: hash('sha256', valuesOf(document, sortedFields(fields)), 'base64url'),
})

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
