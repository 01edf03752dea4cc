import { type DescField, type DescMessage, getOption, ScalarType } from '@bufbuild/protobuf'
import { FeatureSet_FieldPresence } from '@bufbuild/protobuf/wkt'
import { CLEARED, clearableFields, registry, rulesOf } from '@saleswright/contracts'
import type { FieldRules } from '@saleswright/contracts/buf/validate/validate_pb.ts'
import { comments } from '@saleswright/contracts/comments.ts'
import { sensitive } from '@saleswright/contracts/saleswright/api/v1/annotations_pb.ts'
import { MoneySchema } from '@saleswright/contracts/saleswright/api/v1/money_pb.ts'
import { CURRENCIES } from '@saleswright/kernel'
import { isDayPattern } from '../edge/field-rules.ts'

export type JsonSchema = { readonly [key: string]: unknown }

/** `saleswright.orders.v1.Order.Hold` → `orders.Order.Hold` */
export const componentName = ({ typeName }: DescMessage): string =>
  typeName.replace(/^saleswright\./, '').replace(/\.v\d+\./, '.')

/** The component of amounts in answers: `api.Money` without the limit of twelve integer digits. */
export const SUM = 'api.Sum'

export const SUM_SCHEMA: JsonSchema = {
  type: 'object',
  description:
    'An amount of an answer. It may be the sum of many amounts, and so have up to eighteen integer digits, where a request may have twelve.',
  properties: {
    currencyCode: { type: 'string', enum: CURRENCIES, description: comments['saleswright.api.v1.Money.currency_code'] },
    amount: {
      type: 'string',
      pattern: String.raw`^-?[0-9]{1,18}(\.[0-9]{1,4})?$`,
      description: comments['saleswright.api.v1.Money.amount'],
    },
  },
}

const TIMESTAMP = 'google.protobuf.Timestamp'

type Need = (message: DescMessage) => void

type MessageOptions = {
  /** What it refers to is told to it. */
  readonly need: Need
  /** Fields that stand in the path, by their names in the contract. */
  readonly without?: readonly string[]
  /** Requests are closed: unknown fields are refused. Answers may have more fields one day. */
  readonly closed: boolean
}

/** A message as a component. */
export const messageSchema = (message: DescMessage, { need, without = [], closed }: MessageOptions): JsonSchema => {
  const fields = message.fields.filter(({ name }) => name !== CLEARED && !without.includes(name))
  const required = fields.filter((field) => rulesOf(field)?.required || isMandatory(field))
  const description = comments[message.typeName]
  return {
    type: 'object',
    ...(description && { description }),
    properties: Object.fromEntries(
      fields.map((field) => [field.jsonName, orNull(field, fieldSchema(field, need, closed))]),
    ),
    ...(closed && required.length > 0 && { required: required.map(({ jsonName }) => jsonName) }),
    ...(closed && { additionalProperties: false }),
  }
}

/** What a PATCH may clear may be null in it. */
const CLEARABLE: ReadonlySet<DescField> = new Set(
  [...registry].flatMap((type) =>
    type.kind === 'service'
      ? type.methods.flatMap((method) =>
          method.input.fields.some(({ name }) => name === CLEARED) ? clearableFields(method) : [],
        )
      : [],
  ),
)

const orNull = (field: DescField, schema: JsonSchema): JsonSchema =>
  CLEARABLE.has(field) ? { anyOf: [schema, { type: 'null' }] } : schema

/** A field without presence whose rule does not hold for the empty value has to be sent. */
const isMandatory = (field: DescField): boolean => {
  if (field.presence === FeatureSet_FieldPresence.EXPLICIT || rulesOf(field)?.ignore) return false
  const type = rulesOf(field)?.type
  if (type?.case === 'string')
    return (
      Boolean(type.value.minLen) ||
      Boolean(type.value.uuid) ||
      Boolean(type.value.email) ||
      needsText(type.value.pattern)
    )
  return type?.case === 'repeated' && Boolean(type.value.minItems)
}

// Patterns of the contract; a test of the contracts holds them to linear time.
// oxlint-disable-next-line security/detect-non-literal-regexp
const needsText = (pattern = ''): boolean => pattern !== '' && !new RegExp(pattern).test('')

/** `closed` is said of fields of requests, whose amounts are shorter than the sums of answers. */
export const fieldSchema = (field: DescField, need: Need, closed = true): JsonSchema => {
  const description = comments[`${field.parent.typeName}.${field.name}`]
  const secret = getOption(field, sensitive)
  const schema = shapeOf(field, need, closed)
  if (!description && !secret) return schema
  return { ...schema, ...(description && { description }), ...(secret && { 'x-sensitive': true }) }
}

const shapeOf = (field: DescField, need: Need, closed: boolean): JsonSchema => {
  const type = rulesOf(field)?.type
  const value = valueSchema(field, need, closed)
  if (field.fieldKind === 'map') return { type: 'object', additionalProperties: value }
  if (field.fieldKind !== 'list') return { ...value, ...limits(type) }
  const ofItems = type?.case === 'repeated' ? limits(type.value.items?.type) : {}
  return { type: 'array', items: { ...value, ...ofItems }, ...limits(type) }
}

const valueSchema = (field: DescField, need: Need, closed: boolean): JsonSchema => {
  if (field.message?.typeName === TIMESTAMP) return { type: 'string', format: 'date-time' }
  if (field.message?.typeName === MoneySchema.typeName && !closed) return { $ref: `#/components/schemas/${SUM}` }
  if (field.message) {
    need(field.message)
    return { $ref: `#/components/schemas/${componentName(field.message)}` }
  }
  if (field.enum) {
    return { type: 'string', enum: field.enum.values.filter(({ number }) => number > 0).map(({ name }) => name) }
  }
  if (field.name === 'currency_code') return { type: 'string', enum: CURRENCIES }
  return scalarSchema(field.scalar)
}

const scalarSchema = (scalar: ScalarType | undefined): JsonSchema => {
  if (scalar === ScalarType.BOOL) return { type: 'boolean' }
  if (scalar === ScalarType.INT32) return { type: 'integer', format: 'int32' }
  if (scalar === ScalarType.INT64) return { type: 'string', format: 'int64' }
  return { type: 'string' }
}

/** protovalidate's rules in JSON Schema's words. */
const limits = (type: FieldRules['type'] | undefined): JsonSchema => {
  switch (type?.case) {
    case 'string': {
      const { minLen, maxLen, pattern, uuid, email } = type.value
      return {
        ...(minLen && { minLength: Number(minLen) }),
        ...(maxLen && { maxLength: Number(maxLen) }),
        ...(pattern && { pattern }),
        ...(isDayPattern(pattern) && { format: 'date' }),
        ...(uuid && { format: 'uuid' }),
        ...(email && { format: 'email' }),
      }
    }
    case 'int32': {
      const { gte, lte } = type.value
      return {
        ...(gte !== undefined && { minimum: gte }),
        ...(lte !== undefined && { maximum: lte }),
      }
    }
    case 'repeated': {
      const { minItems, maxItems, unique } = type.value
      return {
        ...(minItems && { minItems: Number(minItems) }),
        ...(maxItems && { maxItems: Number(maxItems) }),
        ...(unique && { uniqueItems: true }),
      }
    }
    case 'enum':
    case undefined:
      return {}
  }
}
