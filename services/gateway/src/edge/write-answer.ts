import { type DescField, type DescMessage, type Message, ScalarType } from '@bufbuild/protobuf'
import { type Timestamp, timestampDate } from '@bufbuild/protobuf/wkt'

type Json = Record<string, unknown>
type Write = (value: unknown) => unknown
type Slot = {
  readonly name: string
  readonly read: (message: Message) => unknown
  readonly write: Write
  readonly always: boolean
}

const writers = new Map<string, (message: Message) => Json>()

/**
 * A message as the plain object that is sent (decisions 30): lists, numbers, flags and `nextPageToken` always, texts and enums
 * only when they say something. Made once for each type, because this stands on the path of every answer.
 */
export const answerWriter = (desc: DescMessage): ((message: Message) => Json) => {
  const known = writers.get(desc.typeName)
  if (known) return known
  let slots: readonly Slot[] | undefined
  const write = (message: Message): Json => {
    slots ??= desc.fields.map(slotOf)
    const json: Json = {}
    for (const { name, read, write: one, always } of slots) {
      const value = read(message)
      if (value === undefined) continue
      const written = one(value)
      if (always || (written !== '' && written !== undefined)) json[name] = written
    }
    return json
  }
  writers.set(desc.typeName, write)
  return write
}

const slotOf = (field: DescField): Slot => ({
  name: field.jsonName,
  read: (message) => (message as unknown as Json)[field.localName],
  write: fieldWriter(field),
  always: field.name === 'next_page_token' || field.presence === 1,
})

const fieldWriter = (field: DescField): Write => {
  const one = valueWriter(field)
  if (field.fieldKind === 'list') return (list) => (list as unknown[]).map(one)
  if (field.fieldKind !== 'map') return one
  return (map) => Object.fromEntries(Object.entries(map as Json).map(([key, value]) => [key, one(value)]))
}

const valueWriter = (field: DescField): Write => {
  const { message } = field
  if (message?.typeName === 'google.protobuf.Timestamp') {
    return (value) => timestampDate(value as Timestamp).toISOString()
  }
  if (message) return (value) => answerWriter(message)(value as Message)
  if (field.enum) {
    const names = new Map(
      field.enum.values.filter(({ number }) => number > 0).map(({ number, name }) => [number, name]),
    )
    return (value) => names.get(value as number)
  }
  const whole = field.scalar !== undefined && LONG.has(field.scalar)
  return whole ? String : (value) => value
}

/** 64 bits do not fit into a JSON number: they are strings, as protobuf's JSON has it. */
const LONG: ReadonlySet<ScalarType> = new Set([ScalarType.INT64, ScalarType.UINT64, ScalarType.SINT64])
