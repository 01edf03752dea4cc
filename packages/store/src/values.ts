import { invalid } from '@saleswright/kernel'

/** A document as the driver reads and writes it. */
export type Doc = { readonly [field: string]: unknown }

const refuse = (field: string, value: number | bigint): never => {
  throw invalid('number_not_exact', { field, value: String(value) })
}

/** Minor units, thousandths or millionths as the store has them; refuses what a double does not hold exactly. */
export const exact = (value: bigint): number => {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : refuse('', value)
}

/** Refuses numbers that are not what they seem: beyond the safe integers, infinite, or no number. */
export const checkNumbers = (value: unknown, field: string): void => {
  if (typeof value === 'number') {
    if (!(Math.abs(value) <= Number.MAX_SAFE_INTEGER)) refuse(field, value)
  } else if (typeof value === 'bigint') {
    refuse(field, value)
  } else if (value instanceof Date) {
    if (Number.isNaN(value.getTime())) refuse(field, Number.NaN)
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) checkNumbers(item, `${field}[${index}]`)
  } else if (isDoc(value)) {
    for (const [name, inner] of Object.entries(value)) checkNumbers(inner, `${field}.${name}`)
  }
}

/** Bytes, whether we wrote them or the driver read them as `Binary`. */
export const bytesOf = (value: unknown): Uint8Array | undefined => {
  if (value instanceof Uint8Array) return value
  const inner: unknown =
    typeof value === 'object' && value !== null && '_bsontype' in value && 'buffer' in value ? value.buffer : undefined
  return inner instanceof Uint8Array ? inner : undefined
}

const isDoc = (value: unknown): value is Doc =>
  typeof value === 'object' && value !== null && !(value instanceof Date) && !bytesOf(value)

const sameDocs = (left: Doc, right: Doc): boolean =>
  Object.keys(left).every((field) => same(left[field], right[field])) &&
  Object.keys(right).every((field) => right[field] === undefined || left[field] !== undefined)

/** Equal once stored: an undefined field is no field. */
export const same = (left: unknown, right: unknown): boolean => {
  if (Object.is(left, right) || left === right) return true
  if (left instanceof Date && right instanceof Date) return left.getTime() === right.getTime()
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((item, index) => same(item, right[index]))
  }
  const [a, b] = [bytesOf(left), bytesOf(right)]
  if (a && b) return Buffer.compare(a, b) === 0
  return isDoc(left) && isDoc(right) && Array.isArray(left) === Array.isArray(right) && sameDocs(left, right)
}

/** One text for what is one value to the store, whatever the order of fields: hashes are made of it. */
export const canonical = (value: unknown): string => {
  if (value === undefined || value === null) return 'null'
  if (typeof value === 'string') return JSON.stringify(value.toWellFormed())
  if (value instanceof Date) return `{"$date":${value.getTime()}}`
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`
  const bytes = bytesOf(value)
  if (bytes) return `{"$bytes":"${Buffer.from(bytes).toString('base64')}"}`
  if (!isDoc(value)) return JSON.stringify(value)
  const fields = Object.keys(value).filter((field) => value[field] !== undefined)
  return `{${fields
    .toSorted()
    .map((field) => `${canonical(field)}:${canonical(value[field])}`)
    .join()}}`
}
