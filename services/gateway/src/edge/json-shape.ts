import { type DescField, type DescMessage, ScalarType } from '@bufbuild/protobuf'
import type { Violation } from '@saleswright/kernel'

type Fault = (rule: string, message: string) => Violation[]

/**
 * What is wrong with the shape of a JSON value, field by field. The decoder refuses the same things, but names only the first
 * of them and not where it stands, so this is asked when it has refused.
 */
export const shapeFaults = (message: DescMessage, value: unknown, path = ''): Violation[] => {
  if (message.typeName.startsWith('google.protobuf.')) return []
  if (!isObject(value)) return [{ field: path, rule: 'object', message: 'must be an object' }]
  const known = new Map(message.fields.flatMap((field) => [field.jsonName, field.name].map((name) => [name, field])))
  return Object.entries(value).flatMap(([name, part]) => {
    const at = path ? `${path}.${name}` : name
    const field = known.get(name)
    if (!field) return [{ field: at, rule: 'unknown_field', message: 'is not a field of this request' }]
    return part === null ? [] : fieldFaults(field, part, at)
  })
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const fieldFaults = (field: DescField, value: unknown, at: string): Violation[] => {
  const fault: Fault = (rule, message) => [{ field: at, rule, message }]
  if (field.fieldKind === 'map') return isObject(value) ? [] : fault('object', 'must be an object')
  if (field.fieldKind !== 'list') return valueFaults(field, value, at)
  if (!Array.isArray(value)) return fault('list', 'must be a list')
  return value.flatMap((item, index) => valueFaults(field, item, `${at}[${index}]`))
}

const valueFaults = (field: DescField, value: unknown, at: string): Violation[] => {
  if (field.message) return shapeFaults(field.message, value, at)
  const fault: Fault = (rule, message) => [{ field: at, rule, message }]
  if (field.enum) {
    const names = field.enum.values.filter(({ number }) => number > 0).map(({ name }) => name)
    return names.includes(String(value)) ? [] : fault('enum', `must be one of ${names.join(', ')}`)
  }
  return scalarFaults(field.scalar, value, fault)
}

const scalarFaults = (scalar: ScalarType | undefined, value: unknown, fault: Fault): Violation[] => {
  if (scalar === ScalarType.STRING) {
    if (typeof value !== 'string') return fault('string', 'must be a string; decimals are strings too')
    return value.isWellFormed() && !value.includes('\0') ? [] : fault('text', 'holds what is no text')
  }
  if (scalar === ScalarType.BOOL) return typeof value === 'boolean' ? [] : fault('bool', 'must be true or false')
  return Number.isSafeInteger(Number(value)) ? [] : fault('integer', 'must be a whole number')
}
