import { create } from '@bufbuild/protobuf'
import { CreateOrderRequestSchema } from '@saleswright/contracts/saleswright/orders/v1/order_pb.ts'
import { AppError, conflict, invalid } from '@saleswright/kernel'
import { expect, test } from 'vitest'
import { placed } from './placed.ts'

const request = create(CreateOrderRequestSchema, {
  businessDate: '2026-03-11',
  lines: [{ sku: 'A' }, { sku: 'B', agreedUnitPrice: { currencyCode: 'CNY', amount: '0.001' } }],
})
const fieldsOf = (error: unknown) => {
  const found = placed(CreateOrderRequestSchema, request, error)
  return found instanceof AppError ? found.violations.map(({ field, rule }) => [field, rule]) : found
}

test.each([
  ['a date', { date: '2026-03-11', today: '2026-03-10' }, 'businessDate'],
  ['what lies deep', { amount: '0.001', currency: 'CNY' }, 'lines[1].agreedUnitPrice.amount'],
  ['only the second of its parameters', { from: '2026-01-01', until: '2026-03-11' }, 'businessDate'],
])('a refusal that names %s is told with its field', (_, params, field) => {
  expect(fieldsOf(invalid('bad_thing', params))).toEqual([[field, 'bad_thing']])
})

test('one that names nothing of the request, or its own field, stays as it is, as do those of other kinds', () => {
  const violation = { field: 'note', rule: 'own', message: '' }
  expect(fieldsOf(invalid('bad_thing', { id: 'C' }))).toEqual([])
  expect(fieldsOf(invalid('bad_thing', { date: '2026-03-11' }, [violation]))).toEqual([['note', 'own']])
  expect(fieldsOf(conflict('thing_taken', { date: '2026-03-11' }))).toEqual([])
  const fault = new Error('2026-03-11')
  expect(fieldsOf(fault)).toBe(fault)
})
