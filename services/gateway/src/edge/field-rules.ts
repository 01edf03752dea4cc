import { type DescField, getOption, hasOption } from '@bufbuild/protobuf'
import { type FieldRules, field as rules } from '@saleswright/contracts/buf/validate/validate_pb.ts'

/** What the contract says of a field's values. */
export const rulesOf = (field: DescField): FieldRules | undefined =>
  hasOption(field, rules) ? getOption(field, rules) : undefined

/** The form of business dates in the contract. */
const DAY_PATTERN = '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'

export const isDayPattern = (pattern: string | undefined): boolean => pattern === DAY_PATTERN
