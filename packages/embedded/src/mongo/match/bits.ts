import type { Binary } from 'bson'
import { serverError } from '../errors.ts'
import { wholePart } from './numbers.ts'
import type { Test } from './paths.ts'

/** Bits in two's complement: a negative number has all the high ones set. */
type Bits = bigint

const LEAST = -(2n ** 63n)
const BEYOND = 2n ** 63n

const bsonType = (value: unknown): string | undefined => (value as { _bsontype?: string } | null | undefined)?._bsontype

/** The first byte has the lowest bits. */
const ofBytes = (bytes: Uint8Array): Bits => bytes.reduceRight<Bits>((bits, byte) => (bits << 8n) | BigInt(byte), 0n)

const ofNumber = (value: unknown): Bits | undefined => {
  const bits = wholePart(value)
  const isWhole = bits !== undefined && bits >= LEAST && bits < BEYOND && Number(bits) === Number(String(value))
  return isWhole ? bits : undefined
}

const bitsOf = (value: unknown): Bits | undefined => {
  if (bsonType(value) === 'Binary') return ofBytes((value as Binary).value())
  return value instanceof Uint8Array ? ofBytes(value) : ofNumber(value)
}

const isPosition = (position: unknown): position is number =>
  typeof position === 'number' && Number.isInteger(position) && position >= 0

const maskOf = (operand: unknown): Bits => {
  if (Array.isArray(operand)) {
    const positions: readonly unknown[] = operand
    if (!positions.every(isPosition)) throw serverError(2, 'bit positions must be integers that are not negative')
    return positions.reduce<Bits>((mask, position) => mask | (1n << BigInt(position)), 0n)
  }
  const mask = bitsOf(operand)
  if (mask === undefined || mask < 0n)
    throw serverError(2, 'a bit mask must be an integer that is not negative, binary data or a list of positions')
  return mask
}

const withMask =
  (holds: (set: Bits, mask: Bits) => boolean) =>
  (operand: unknown): Test => {
    const mask = maskOf(operand)
    return (value) => {
      const bits = bitsOf(value)
      return bits !== undefined && holds(bits & mask, mask)
    }
  }

export const BIT_TESTS: ReadonlyMap<string, (operand: unknown) => Test> = new Map([
  ['$bitsAllSet', withMask((set, mask) => set === mask)],
  ['$bitsAllClear', withMask((set) => set === 0n)],
  ['$bitsAnySet', withMask((set) => set !== 0n)],
  ['$bitsAnyClear', withMask((set, mask) => set !== mask)],
])
