import { type DescMessage, isMessage, type Message } from '@bufbuild/protobuf'
import { AppError, type Violation } from '@saleswright/kernel'

type Fields = Readonly<Record<string, unknown>>

/** Where a value stands in a request, by JSON paths. */
function* pathsTo(value: string, schema: DescMessage, request: object, path = ''): Generator<string> {
  for (const field of schema.fields) {
    const held = (request as Fields)[field.localName]
    const at = path === '' ? field.jsonName : `${path}.${field.jsonName}`
    for (const [item, place] of itemsOf(held, at)) {
      if (item === value) yield place
      else if (field.message && isMessage(item)) yield* pathsTo(value, field.message, item, place)
    }
  }
}

const itemsOf = (held: unknown, at: string): readonly (readonly [unknown, string])[] =>
  Array.isArray(held) ? held.map((item, index) => [item, `${at}[${index}]`] as const) : [[held, at]]

/**
 * A refusal of what was sent tells its field. One that was made where nobody knows the fields (a date is read, an amount, a span)
 * names the value in its parameters: the field is where the request has it, of the first parameter that stands in it.
 */
export const placed = (schema: DescMessage, request: Message, error: unknown): unknown => {
  if (!(error instanceof AppError) || error.kind !== 'invalid' || error.violations.length > 0) return error
  const { kind, code, params } = error
  for (const value of Object.values(params)) {
    if (value === '') continue
    const violations = [...pathsTo(value, schema, request)].map(
      (field): Violation => ({ field, rule: code, message: '' }),
    )
    if (violations.length > 0) return new AppError(kind, code, params, { violations, cause: error })
  }
  return error
}
