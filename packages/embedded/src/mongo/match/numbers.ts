import type { Long } from 'bson'

/** The whole part of a number of any type; undefined for what is none, and for what has no whole part. */
export const wholePart = (value: unknown): bigint | undefined => {
  const type = (value as { _bsontype?: string } | null | undefined)?._bsontype
  if (type === 'Long') return (value as Long).toBigInt()
  const isNumber = typeof value === 'number' || type === 'Int32' || type === 'Double' || type === 'Decimal128'
  const number = isNumber ? Math.trunc(Number(String(value))) : Number.NaN
  return Number.isFinite(number) ? BigInt(number) : undefined
}
