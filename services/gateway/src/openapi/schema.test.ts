import { type DescField, type DescMessage, getOption, hasOption } from '@bufbuild/protobuf'
import { registry } from '@saleswright/contracts'
import { field as rules } from '@saleswright/contracts/buf/validate/validate_pb.ts'
import { MoneySchema } from '@saleswright/contracts/saleswright/api/v1/money_pb.ts'
import { CreatePaymentRequestSchema } from '@saleswright/contracts/saleswright/orders/v1/money_in_pb.ts'
import {
  CreateOrderRequest_LineSchema,
  CreateOrderRequestSchema,
  OrderSchema,
} from '@saleswright/contracts/saleswright/orders/v1/order_pb.ts'
import { ShipRequestSchema } from '@saleswright/contracts/saleswright/orders/v1/shipment_pb.ts'
import { ReportRowSchema } from '@saleswright/contracts/saleswright/reporting/v1/report_pb.ts'
import { CURRENCIES } from '@saleswright/kernel'
import { expect, test } from 'vitest'
import { componentName, type JsonSchema, messageSchema, SUM_SCHEMA } from './schema.ts'

const schemaOf = (message: DescMessage, closed = true) => {
  const needed: string[] = []
  const schema = messageSchema(message, { need: (other) => needed.push(componentName(other)), closed })
  return { ...schema, needed, properties: schema.properties as Readonly<Record<string, JsonSchema>> }
}

test('a message is named after its context', () => {
  expect([OrderSchema, CreateOrderRequest_LineSchema, MoneySchema].map(componentName)).toEqual([
    'orders.Order',
    'orders.CreateOrderRequest.Line',
    'api.Money',
  ])
})

test('rules become the words of JSON Schema', () => {
  const { properties, needed, ...schema } = schemaOf(CreateOrderRequestSchema)
  expect(properties.customerId).toMatchObject({ type: 'string', format: 'uuid' })
  expect(properties.lines).toMatchObject({
    type: 'array',
    items: { $ref: '#/components/schemas/orders.CreateOrderRequest.Line' },
    minItems: 1,
    maxItems: 500,
  })
  expect(properties.paymentTerms).toMatchObject({ type: 'string', enum: ['PREPAY', 'CREDIT'] })
  expect(properties.externalOrderNo).toMatchObject({ minLength: 1, maxLength: 100 })
  expect(schema).toMatchObject({ required: ['customerId', 'lines'], additionalProperties: false })
  expect(needed).toEqual(expect.arrayContaining(['orders.CreateOrderRequest.Line', 'orders.Address']))
  expect(schemaOf(CreateOrderRequest_LineSchema).properties.quantity).toMatchObject({
    type: 'string',
    pattern: String.raw`^[0-9]{1,9}(\.[0-9]{1,3})?$`,
  })
})

test('an answer asks for nothing and may have more', () => {
  const { properties, ...schema } = schemaOf(OrderSchema, false)
  expect(schema).not.toHaveProperty('additionalProperties')
  expect(schema).not.toHaveProperty('required')
  expect(properties.createdAt).toEqual({ type: 'string', format: 'date-time' })
})

test('a map is an object of its values', () => {
  expect(schemaOf(ReportRowSchema, false).properties.amounts).toMatchObject({
    type: 'object',
    additionalProperties: { $ref: '#/components/schemas/api.Sum' },
  })
})

test('a list says what each of its items is', () => {
  expect(schemaOf(ShipRequestSchema).properties.photoIds).toMatchObject({
    type: 'array',
    items: { type: 'string', format: 'uuid' },
    maxItems: 50,
  })
})

const KNOWN: Readonly<Record<string, readonly string[]>> = {
  string: ['minLen', 'maxLen', 'pattern', 'uuid', 'email'],
  int32: ['gte', 'lte'],
  repeated: ['minItems', 'maxItems', 'unique', 'items'],
  enum: ['definedOnly'],
}

const rulesOf = (field: DescField): readonly string[] => {
  if (!hasOption(field, rules)) return []
  const { type } = getOption(field, rules)
  const { case: kind = '', value } = type
  const set = Object.entries(value ?? {}).flatMap(([name, one]) => {
    const named = name === 'wellKnown' || name === 'lessThan' || name === 'greaterThan'
    if (named) return (one as { case?: string }).case ?? []
    const unset = one === undefined || (Array.isArray(one) && one.length === 0)
    return unset || name.startsWith('$') ? [] : name
  })
  return set
    .filter((name) => !KNOWN[kind]?.includes(name))
    .map((name) => `${field.parent.typeName}.${field.name} ${kind}.${name}`)
}

test('no contract has a rule that the document leaves out', () => {
  const all = [...registry].flatMap((type) => (type.kind === 'message' ? type.fields : []))
  expect(all.length).toBeGreaterThan(500)
  expect(all.flatMap(rulesOf)).toEqual([])
})

test('an amount of a request has twelve integer digits at most, a sum of an answer eighteen', () => {
  expect(schemaOf(CreatePaymentRequestSchema).properties.amount).toMatchObject({
    $ref: '#/components/schemas/api.Money',
  })
  expect(schemaOf(MoneySchema).properties.amount).toMatchObject({
    pattern: String.raw`^-?[0-9]{1,12}(\.[0-9]{1,4})?$`,
  })
  expect(schemaOf(OrderSchema, false).properties.gross).toEqual({ $ref: '#/components/schemas/api.Sum' })
  expect(SUM_SCHEMA).toMatchObject({
    properties: { amount: { pattern: String.raw`^-?[0-9]{1,18}(\.[0-9]{1,4})?$` } },
  })
})

test('a currency is one of ISO 4217', () => {
  expect(schemaOf(MoneySchema).properties.currencyCode).toMatchObject({ enum: CURRENCIES, pattern: '^[A-Z]{3}$' })
})
