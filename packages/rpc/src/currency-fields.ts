import type { DescField, DescMessage } from '@bufbuild/protobuf'
import { isCurrency, type Violation } from '@saleswright/kernel'

const NAME = 'currency_code'

type Fields = Readonly<Record<string, unknown>>

const holders = new Map<DescMessage, readonly DescField[]>()

/** The fields of a message that are a currency or may hold one; kept, because every request asks. */
const fieldsOf = (message: DescMessage): readonly DescField[] => {
  const known = holders.get(message)
  if (known) return known
  const found = message.fields.filter((field) => field.name === NAME || (field.message && holds(field.message)))
  holders.set(message, found)
  return found
}

const holds = (message: DescMessage, seen = new Set<string>()): boolean => {
  if (seen.has(message.typeName)) return false
  seen.add(message.typeName)
  return message.fields.some((field) => field.name === NAME || (field.message && holds(field.message, seen)))
}

/** The currencies of a request that ISO 4217 does not know. Absent ones are the business of other rules. */
export const unknownCurrencies = (message: DescMessage, value: object, path = ''): readonly Violation[] =>
  fieldsOf(message).flatMap((field) => {
    const held = (value as Fields)[field.localName]
    const at = path === '' ? field.jsonName : `${path}.${field.jsonName}`
    if (field.name === NAME) return typeof held === 'string' && held !== '' && !isCurrency(held) ? [unknown(at)] : []
    if (typeof held !== 'object' || held === null || !field.message) return []
    const { message: inner } = field
    if (field.fieldKind !== 'list') return unknownCurrencies(inner, held, at)
    return (held as readonly object[]).flatMap((item, index) => unknownCurrencies(inner, item, `${at}[${index}]`))
  })

const unknown = (field: string): Violation => ({ field, rule: 'currency', message: 'must be a currency of ISO 4217' })
