import { create, type DescField, type DescMessage, type Message, ScalarType } from '@bufbuild/protobuf'
import { rulesOf } from '@saleswright/contracts'
import type { Violation } from '@saleswright/kernel'
import { isDayPattern } from './field-rules.ts'

/** Collects faults by the rule they break, which names a sentence of `messages/gateway.ts`; `values` is what may stand there. */
export type Faults = { readonly add: (field: string, rule: string, values?: string) => undefined }

/** Reads the value that stands under a name `at` a JSON path; undefined where it is faulty. */
type Read = (value: unknown, at: string, name: string, faults: Faults) => unknown

const MOST_FAULTS = 100
const LONGEST_PATH = 200

export const collectFaults = (): Faults & { readonly found: readonly Violation[] } => {
  const found: Violation[] = []
  const add = (field: string, rule: string, values = ''): undefined => {
    if (found.length < MOST_FAULTS) found.push({ field: field.slice(0, LONGEST_PATH), rule, message: values })
  }
  return { found, add }
}

/**
 * Makes the strict reader of a message: JSON names and the types of the published schema only, every fault by its path. What
 * protobuf's own JSON takes beside them (names of the contract, numbers for enums and texts, null for nothing) would be a
 * second way to say the same, or a value that silently is another one. What comes out is sound only where no fault was found.
 */
export const messageReader = (desc: DescMessage): ((json: unknown, faults: Faults) => Message) => {
  const read = partReader(desc)
  return (json, faults) => (read(json, '', '', faults) as Message | undefined) ?? create(desc)
}

const joined = (at: string, name: string): string => (at ? `${at}.${name}` : name)

const readers = new Map<string, Read>()

const partReader = (desc: DescMessage): Read => {
  const known = readers.get(desc.typeName)
  if (known) return known
  const fields = new Map<string, { readonly name: string; readonly read: Read }>()
  const read: Read = (value, at, name, faults) => {
    const path = joined(at, name)
    if (!isObject(value)) return faults.add(path, 'object')
    const message = create(desc)
    const json = message as unknown as Record<string, unknown>
    for (const key of Object.keys(value)) {
      const field = fields.get(key)
      const part = value[key]
      if (!field) faults.add(joined(path, key), 'unknown_field')
      else if (part === null) faults.add(joined(path, key), 'null')
      else json[field.name] = field.read(part, path, key, faults)
    }
    return message
  }
  readers.set(desc.typeName, read)
  for (const field of desc.fields) fields.set(field.jsonName, { name: field.localName, read: fieldReader(field) })
  return read
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const fieldReader = (field: DescField): Read => {
  const { parent, name } = field
  if (field.oneof && field.oneof.fields.length > 1) throw new Error(`${parent.typeName}.${name} is one of several`)
  if (field.fieldKind === 'list') return listReader(valueReader(field), mostItems(field))
  if (field.fieldKind === 'map') throw new Error(`${parent.typeName}.${name} is a map; requests have none`)
  return valueReader(field)
}

const mostItems = (field: DescField): number => {
  const type = rulesOf(field)?.type
  if (type?.case === 'repeated' && type.value.maxItems) return Number(type.value.maxItems)
  throw new Error(`${field.parent.typeName}.${field.name} has no max_items`)
}

/** More than the contract allows are counted and not read. */
const listReader =
  (one: Read, most: number): Read =>
  (value, at, name, faults) => {
    if (!Array.isArray(value)) return faults.add(joined(at, name), 'list')
    if (value.length > most) return faults.add(joined(at, name), 'too_many', String(most))
    return value.map((item, index) => one(item, at, `${name}[${index}]`, faults))
  }

const valueReader = (field: DescField): Read => {
  if (field.message) return partReader(field.message)
  if (field.enum) {
    const numbers = new Map(
      field.enum.values.filter(({ number }) => number > 0).map((value) => [value.name, value.number]),
    )
    const names = [...numbers.keys()].join(', ')
    return (value, at, name, faults) => numbers.get(value as string) ?? faults.add(joined(at, name), 'enum', names)
  }
  const read = isDay(field) ? day : field.scalar === undefined ? undefined : SCALARS.get(field.scalar)
  if (!read) throw new Error(`${field.parent.typeName}.${field.name} has a type that requests do not have`)
  return read
}

const isDay = (field: DescField): boolean => {
  const type = rulesOf(field)?.type
  return type?.case === 'string' && isDayPattern(type.value.pattern)
}

/** NUL and halves of surrogate pairs would be refused far behind the edge, or stored as something else. */
const text: Read = (value, at, name, faults) => {
  if (typeof value !== 'string') return faults.add(joined(at, name), 'text')
  return value.isWellFormed() && !value.includes('\0') ? value : faults.add(joined(at, name), 'characters')
}

/** The contract would refuse a day beyond its years as having no form, and one that the calendar has not by a code that names no field. */
const day: Read = (value, at, name, faults) => {
  const read = text(value, at, name, faults)
  const [, year, month, date] = typeof read === 'string' ? (/^(\d{4})-(\d\d)-(\d\d)$/.exec(read) ?? []) : []
  if (year === undefined) return read
  if (!/^(19|2[01])/.test(year)) return faults.add(joined(at, name), 'day_range')
  const there = new Date(0).setUTCFullYear(Number(year), Number(month) - 1, Number(date))
  return new Date(there).toISOString().startsWith(String(read)) ? read : faults.add(joined(at, name), 'day')
}

const MOST = 2 ** 31

const whole: Read = (value, at, name, faults) =>
  Number.isInteger(value) && (value as number) >= -MOST && (value as number) < MOST
    ? value
    : faults.add(joined(at, name), 'integer')

const flag: Read = (value, at, name, faults) =>
  typeof value === 'boolean' ? value : faults.add(joined(at, name), 'bool')

const SCALARS: ReadonlyMap<ScalarType, Read> = new Map([
  [ScalarType.STRING, text],
  [ScalarType.INT32, whole],
  [ScalarType.BOOL, flag],
])
