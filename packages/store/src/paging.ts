import { createHash } from 'node:crypto'
import { type AppError, invalid, invalidField } from '@saleswright/kernel'
import type { Filter } from './mapping.ts'
import { type Plan, sortOf } from './plan.ts'
import { canonical, type Doc } from './values.ts'

/** A field of an order. One that is always there needs no thought about rows without it. */
type Key = { readonly field: string; readonly direction: 1 | -1; readonly required: boolean }
export type Order = readonly Key[]

/** The order of a list, ending in `_id`, which falls or rises with the field before it: by default the newest come first. */
const orderOf = (fields: readonly string[], { schema }: Pick<Plan, 'schema'>): Order => {
  const keys = Object.entries(sortOf(fields)).map(([field, direction]) => ({
    field,
    direction,
    required: schema.path(field)?.isRequired === true,
  }))
  return [...keys, { field: '_id', direction: keys.at(-1)?.direction ?? -1, required: true }]
}

/** The same the other way round: `orderBy=-date` of an order `date`. */
const reversed = (fields: readonly string[]): readonly string[] =>
  fields.map((field) => (field.startsWith('-') ? field.slice(1) : `-${field}`))

/** The refusal of an order that a list does not have; it names those that it has, and `-` alone where it has none to choose. */
export const badOrderBy = (orderBy: string, possible: readonly string[]): AppError => {
  const orders = possible.join(', ') || '-'
  return invalid('bad_order_by', { orderBy, orders }, [{ field: 'orderBy', rule: 'bad_order_by', message: orders }])
}

/** The order of this name, or the one that the list has when none is asked for. */
export const namedOrder = (plan: Pick<Plan, 'orders' | 'schema' | 'listed'>, asked = ''): Order => {
  const orderBy = asked || plan.listed
  const falling = orderBy.startsWith('-')
  const named = plan.orders.get(falling ? orderBy.slice(1) : orderBy)
  if (orderBy !== '' && named === undefined) throw badOrderBy(orderBy, [...plan.orders.keys()])
  const fields = named === undefined ? [] : [named].flat()
  return orderOf(falling ? reversed(fields) : fields, plan)
}

const hashOf = (...parts: readonly unknown[]): string =>
  createHash('sha256').update(canonical(parts)).digest('base64url').slice(0, 16)

type Last = string | number | boolean | Date | null
const isLast = (value: unknown): value is Last =>
  value === null || ['string', 'number', 'boolean'].includes(typeof value) || value instanceof Date

const valueAt = (row: Doc, path: string): unknown =>
  path.split('.').reduce<unknown>((value, part) => (value as Doc | undefined)?.[part], row)

const encode = (value: unknown): unknown => (value instanceof Date ? [value.getTime()] : (value ?? null))
const decode = (value: unknown): unknown =>
  Array.isArray(value) && value.length === 1 && typeof value[0] === 'number' ? new Date(value[0]) : value

/** Where the next page begins: behind this row, for this filter and order alone. */
export const pageToken = (collection: string, filter: Filter, order: Order, last: Doc): string => {
  const values = order.map(({ field }) => encode(valueAt(last, field)))
  return Buffer.from(JSON.stringify([hashOf(collection, filter, order), ...values])).toString('base64url')
}

const parsed = (token: string): readonly unknown[] => {
  try {
    const value: unknown = JSON.parse(Buffer.from(token, 'base64url').toString())
    return Array.isArray(value) ? value : []
  } catch {
    return []
  }
}

/** The values that a token carries; what was not made by `pageToken` for the same list is refused. */
export const readPageToken = (collection: string, filter: Filter, order: Order, token: string): readonly Last[] => {
  const [hash, ...encoded] = parsed(token)
  const values = encoded.map(decode)
  if (hash !== hashOf(collection, filter, order) || values.length !== order.length || !values.every(isLast)) {
    throw invalidField('pageToken', 'page_token_mismatch')
  }
  return values
}

/** Rows that come behind a value of one field. Absent values come first, as the store sorts them. */
const behindValue = ({ field, direction, required }: Key, value: Last): Filter | undefined => {
  if (value === null) return direction === 1 ? { [field]: { $ne: null } } : undefined
  const condition = { [field]: { [direction === 1 ? '$gt' : '$lt']: value } }
  return direction === 1 || required ? condition : { $or: [condition, { [field]: null }] }
}

/** Rows from a value on, so that an index need not begin at its start; undefined where that cannot be said in one range. */
const fromValue = ({ field, direction, required }: Key, value: Last): Filter | undefined => {
  if (value === null || (direction === -1 && !required)) return undefined
  return { [field]: { [direction === 1 ? '$gte' : '$lte']: value } }
}

/** The condition for rows behind the last one of a page. */
export const behind = (order: Order, values: readonly Last[]): Filter => {
  const branches = order.flatMap((key, index) => {
    const equal = order.slice(0, index).map(({ field }, before) => ({ [field]: values[before] }))
    const after = behindValue(key, values[index] ?? null)
    return after ? [{ $and: [...equal, after] }] : []
  })
  const [first] = order
  const from = first && fromValue(first, values[0] ?? null)
  if (order.length === 1) return branches[0] ?? {}
  return from ? { $and: [from, { $or: branches }] } : { $or: branches }
}

export const sortBy = (order: Order): Record<string, 1 | -1> =>
  Object.fromEntries(order.map(({ field, direction }) => [field, direction]))
