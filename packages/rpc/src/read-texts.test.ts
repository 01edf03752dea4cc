import { create, type DescField, type DescMessage, type Message, ScalarType } from '@bufbuild/protobuf'
import { registry, textForm } from '@saleswright/contracts'
import { CreateOrderRequestSchema } from '@saleswright/contracts/saleswright/orders/v1/order_pb.ts'
import type { Violation } from '@saleswright/kernel'
import { expect, test } from 'vitest'
import { readTexts } from './read-texts.ts'

/** A text field of a request, and the request with one text there. */
type Place = { readonly field: DescField; readonly path: string; readonly holding: (text: string) => Message }

const placesIn = (schema: DescMessage, within: readonly DescMessage[] = []): readonly Place[] =>
  schema.fields.flatMap((field): readonly Place[] => {
    const { localName, jsonName, message } = field
    const isList = field.fieldKind === 'list'
    const path = isList ? `${jsonName}[0]` : jsonName
    const holding = (value: unknown) => create(schema, { [localName]: isList ? [value] : value })
    if (field.scalar === ScalarType.STRING) return [{ field, path, holding }]
    if (!message || within.includes(message)) return []
    return placesIn(message, [...within, schema]).map((inner) => ({
      field: inner.field,
      path: `${path}.${inner.path}`,
      holding: (text) => holding(inner.holding(text)),
    }))
  })

const inputs = [
  ...new Set([...registry].flatMap((type) => (type.kind === 'service' ? type.methods.map(({ input }) => input) : []))),
]
const places = inputs.flatMap((schema) => placesIn(schema).map((place) => ({ schema, ...place })))
const nameOf = ({ parent, name }: DescField): string => `${parent.name}.${name}`

const violationsOf = (work: () => unknown): readonly Violation[] => {
  try {
    work()
    return []
  } catch (error) {
    return (error as { violations: readonly Violation[] }).violations
  }
}

test('no text of any request may be blank or hold an invisible character, save those that are kept as they were sent', () => {
  expect(places.length).toBeGreaterThan(450)
  const passing = places.filter(({ schema, path, holding }) => {
    const blank = violationsOf(() => readTexts(schema, holding(' \u3000')))
    const unseen = violationsOf(() => readTexts(schema, holding('a\u200Bb')))
    return blank[0]?.field !== path || unseen[0]?.rule !== 'text.invisible'
  })
  expect([...new Set(passing.map(({ field }) => field.name))].toSorted()).toEqual([
    'client_secret',
    'current_password',
    'etag',
    'keys',
    'new_password',
    'page_token',
    'password',
    'refresh_token',
    'secret',
    'setup_token',
    'token',
  ])
})

test('requests have no maps, whose texts would be read by nobody', () => {
  const maps = inputs.flatMap(({ fields }) => fields.filter(({ fieldKind }) => fieldKind === 'map'))
  expect(maps).toEqual([])
})

const CODES = /^(sku|skus|currency_code|country_code|credit_code)$/
const IDS = /(^|_)ids?$|^recorded_for$|^wait_for$/
/** Names of the outside, and of what is not a record. */
const FOREIGN = new Set(['external_id', 'client_id', 'ExternalRef.id'])

test('every field that names a code or a record is read as one', () => {
  const fields = [...new Set(places.map(({ field }) => field))]
  const expected = (field: DescField) => {
    if (FOREIGN.has(field.name) || FOREIGN.has(nameOf(field))) return undefined
    return CODES.test(field.name) ? 'code' : IDS.test(field.name) ? 'id' : undefined
  }
  const misread = fields.filter((field) => (expected(field) ?? textForm(field)) !== textForm(field))
  expect(misread.map(nameOf)).toEqual([])
  expect(fields.filter((field) => textForm(field) === 'id').length).toBeGreaterThan(100)
})

test('a request that reads as itself is not copied', () => {
  const request = create(CreateOrderRequestSchema, { note: 'as it is', lines: [{ sku: 'PUMP-01', quantity: '1' }] })
  expect(readTexts(CreateOrderRequestSchema, request)).toBe(request)
})

test('texts deep in a request are read, and the one that was sent stays as it was', () => {
  const sent = create(CreateOrderRequestSchema, {
    customerId: '0197F3A0-6D2E-7C41-9B53-2F8A4C6E1D70',
    lines: [{ sku: ' ｐｕｍｐ-01', quantity: '1' }],
    note: ' line one\r\nline two ',
  })
  expect(readTexts(CreateOrderRequestSchema, sent)).toMatchObject({
    customerId: '0197f3a0-6d2e-7c41-9b53-2f8a4c6e1d70',
    lines: [{ sku: 'PUMP-01', quantity: '1' }],
    note: 'line one\nline two',
  })
  expect(sent.lines[0]?.sku).toBe(' ｐｕｍｐ-01')
})

test('each fault is named by its path, a hundred of them at most', () => {
  const sent = create(CreateOrderRequestSchema, {
    lines: Array.from({ length: 150 }, () => ({ sku: ' ', quantity: '1' })),
  })
  const violations = violationsOf(() => readTexts(CreateOrderRequestSchema, sent))
  expect(violations).toHaveLength(100)
  expect(violations).toContainEqual({ field: 'lines[0].sku', rule: 'text.blank', message: '' })
})

test('a text that was sent empty where it may be absent is blank', () => {
  const sent = create(CreateOrderRequestSchema, { externalOrderNo: '' })
  const violations = violationsOf(() => readTexts(CreateOrderRequestSchema, sent))
  expect(violations).toEqual([{ field: 'externalOrderNo', rule: 'text.blank', message: '' }])
})
