import type { DescField, DescMethod } from '@bufbuild/protobuf'
import { FeatureSet_FieldPresence } from '@bufbuild/protobuf/wkt'

/** The field of a request in which the gateway tells what a PATCH sets to null. It is no part of the HTTP API. */
export const CLEARED = 'cleared_fields'

const mayBeAbsent = ({ presence, fieldKind }: DescField): boolean =>
  presence === FeatureSet_FieldPresence.EXPLICIT && fieldKind !== 'list' && fieldKind !== 'map'

/** The fields of a request that may be cleared: those without which the record that it answers with may be. */
export const clearableFields = ({ input, output }: Pick<DescMethod, 'input' | 'output'>): readonly DescField[] =>
  input.fields.filter(({ name }) => output.fields.some((field) => field.name === name && mayBeAbsent(field)))

type Patch = { readonly clearedFields: readonly string[] }

/** What a PATCH says of a field: a value, null where it is to be cleared (RFC 7396), undefined where it stays. */
export const patched = <R extends Patch, K extends keyof R & string>(request: R, name: K): R[K] | null =>
  request.clearedFields.includes(name) ? null : request[name]
