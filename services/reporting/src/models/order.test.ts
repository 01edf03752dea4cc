import { create } from '@bufbuild/protobuf'
import { OrderCreatedSchema, OrderReducedSchema } from '@saleswright/contracts/saleswright/orders/v1/events_pb.ts'
import { newId } from '@saleswright/kernel'
import { expect, test } from 'vitest'
import { rowAfter } from '../../test/facts.ts'

const yuan = (amount: string) => ({ currencyCode: 'CNY', amount })

test('an order of which only what was there was confirmed counts with that, from its own day', () => {
  const orderId = newId()
  const lines = [
    { sku: 'A', net: yuan('60.00') },
    { sku: 'B', net: yuan('40.00') },
  ]
  const created = { orderId, businessDate: '2026-03-01', net: yuan('100.00'), lines }
  const reduced = { orderId, businessDate: '2026-03-10', net: yuan('30.00'), lines: [{ sku: 'A', net: yuan('30.00') }] }
  const row = rowAfter([
    { aggregateId: orderId, event: create(OrderCreatedSchema, created) },
    { aggregateId: orderId, event: create(OrderReducedSchema, reduced) },
  ])
  expect(row).toMatchObject({ businessDate: '2026-03-01', net: 3_000, lines: [{ sku: 'A', net: 3_000 }] })
  expect(row).toHaveProperty('lines.length', 1)
})
