import type { DescMessage, DescMethod, Message } from '@bufbuild/protobuf'
import { type Violation as Broken, createValidator } from '@bufbuild/protovalidate'
import { clearableFields } from '@saleswright/contracts'
import { invalid, type Violation } from '@saleswright/kernel'
import { unknownCurrencies } from './currency-fields.ts'

/** What fits the headers of one answer. */
export const MAX_VIOLATIONS = 100

const validator = createValidator()

/** Holds a request to the rules of its contract: `invalid_request` with the first hundred faults by their JSON paths. */
export const checkFields = (schema: DescMessage, request: Message): void => {
  const { error, violations = [] } = validator.validate(schema, request)
  if (violations.length > 0) throw broken(violations.map(violationOf))
  if (error) throw error
  const unknown = unknownCurrencies(schema, request)
  if (unknown.length > 0) throw broken(unknown)
}

const broken = (violations: readonly Violation[]) => invalid('invalid_request', {}, violations.slice(0, MAX_VIOLATIONS))

/** What a request clears must be able to be absent, and may not have a value beside it. */
export const checkCleared = ({ input, output }: DescMethod, request: Message): void => {
  const { clearedFields } = request as Message & { readonly clearedFields?: readonly string[] }
  if (!clearedFields || clearedFields.length === 0) return
  const clearable = new Map(clearableFields({ input, output }).map((field) => [field.jsonName, field]))
  const violations = clearedFields.flatMap((name): Violation[] => {
    const field = clearable.get(name)
    const value = field && (request as unknown as Readonly<Record<string, unknown>>)[field.localName]
    return field && value === undefined ? [] : [{ field: name, rule: 'required', message: '' }]
  })
  if (violations.length > 0) throw invalid('invalid_request', {}, violations)
}

const violationOf = ({ field, ruleId, message }: Broken): Violation => ({
  field: jsonPath(field),
  rule: ruleId,
  message,
})

/** `order_lines[0].unit_price` is `orderLines[0].unitPrice` to the caller. */
const jsonPath = (path: Broken['field']): string => path.map(step).join('').replace(/^\./, '')

const step = (part: Broken['field'][number]): string => {
  switch (part.kind) {
    case 'list_sub':
      return `[${part.index}]`
    case 'map_sub':
      return typeof part.key === 'string' ? `[${JSON.stringify(part.key)}]` : `[${part.key}]`
    case 'field':
      return `.${part.jsonName}`
    case 'extension':
      return `.[${part.typeName}]`
    case 'oneof':
      return `.${part.localName}`
  }
}
