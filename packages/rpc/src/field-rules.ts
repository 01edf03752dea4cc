import type { DescMessage, Message } from '@bufbuild/protobuf'
import { type Violation as Broken, createValidator } from '@bufbuild/protovalidate'
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
