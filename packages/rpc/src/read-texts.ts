import { type DescField, type DescMessage, type Message, ScalarType } from '@bufbuild/protobuf'
import { FeatureSet_FieldPresence } from '@bufbuild/protobuf/wkt'
import { textForm } from '@saleswright/contracts'
import { invalid, readText, type TextForm, type Violation } from '@saleswright/kernel'
import { MAX_VIOLATIONS } from './field-rules.ts'

type Values = Readonly<Record<string, unknown>>
type Note = (path: string, rule: string, character: string) => void
/** Reads a value at a JSON path: the same one where nothing is to be changed. */
type Read = (value: unknown, path: string, note: Note) => unknown

/**
 * Reads every text of a request as its contract says (`saleswright.api.v1.text`), and gives back a request with the texts as they are
 * kept. What cannot be read is `invalid_request`, by JSON paths.
 */
export const readTexts = (schema: DescMessage, request: Message): Message => {
  const violations: Violation[] = []
  const read = readerOf(schema)(request, '', (field, rule, character) => {
    if (violations.length < MAX_VIOLATIONS) violations.push({ field, rule, message: character })
  })
  if (violations.length > 0) throw invalid('invalid_request', {}, violations)
  return read as Message
}

const readers = new Map<DescMessage, Read>()

const readerOf = (schema: DescMessage): Read => {
  const known = readers.get(schema)
  if (known) return known
  const fields: (readonly [DescField, Read])[] = []
  const read: Read = (message, path, note) => {
    let changed: Record<string, unknown> | undefined
    for (const [{ localName, jsonName }, readField] of fields) {
      const value = (message as Values)[localName]
      if (value === undefined) continue
      const next = readField(value, path === '' ? jsonName : `${path}.${jsonName}`, note)
      if (next === value) continue
      changed ??= { ...(message as Values) }
      changed[localName] = next
    }
    return changed ?? message
  }
  // Before its fields: a message may contain itself.
  readers.set(schema, read)
  for (const field of schema.fields) {
    const readField = fieldReader(field)
    if (readField) fields.push([field, readField])
  }
  return read
}

const fieldReader = (field: DescField): Read | undefined => {
  const one = valueReader(field)
  if (field.fieldKind !== 'list') return one
  return one && ((items, path, note) => readItems(items as readonly unknown[], path, { one, note }))
}

const readItems = (items: readonly unknown[], path: string, { one, note }: { one: Read; note: Note }): unknown => {
  const read = items.map((item, index) => one(item, `${path}[${index}]`, note))
  return read.every((item, index) => item === items[index]) ? items : read
}

const valueReader = (field: DescField): Read | undefined => {
  if (field.message) return readerOf(field.message)
  if (field.scalar !== ScalarType.STRING) return undefined
  const form = textForm(field) ?? 'line'
  const mayBeEmpty = field.fieldKind === 'scalar' && field.presence !== FeatureSet_FieldPresence.EXPLICIT
  return textReader(form, mayBeEmpty)
}

/** Without presence, an empty text is one that was not sent; the other rules of the contract say whether it may be absent. */
const textReader =
  (form: TextForm, mayBeEmpty: boolean): Read =>
  (value, path, note) => {
    if (value === '' && !mayBeEmpty && form !== 'verbatim') return note(path, 'text.blank', '')
    const read = readText(value as string, form)
    return 'rule' in read ? note(path, read.rule, read.character) : read.text
  }
