import { type DescField, getOption, hasOption } from '@bufbuild/protobuf'
import { type FieldRules, field as rules } from '../gen/buf/validate/validate_pb.ts'

/** What the contract says of a field's values. */
export const rulesOf = (field: DescField): FieldRules | undefined =>
  hasOption(field, rules) ? getOption(field, rules) : undefined
