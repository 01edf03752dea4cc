import { newId } from '@saleswright/kernel'
import { expect, test } from 'vitest'
import { anOrder } from '../../test/order-record.ts'
import { handOver } from './facts.ts'

const approval = { caseId: newId(), contentHash: 'abc' }

test('a new owner of an order whose price waits for a decision is named to the case; a new unit alone is not', () => {
  const order = anOrder({ priceApproval: 'pending', approval })
  const place = { ownerId: newId(), unitId: newId(), orgPath: [] }
  expect(handOver(order, place, '2026-03-02').events).toMatchObject([
    {},
    {
      $typeName: 'saleswright.approval.v1.ApprovalPartiesChanged',
      caseId: approval.caseId,
      companyId: order.companyId,
      interestedIds: [place.ownerId],
    },
  ])
  expect(handOver(order, { ...place, ownerId: order.ownerId }, '2026-03-02').events).toHaveLength(1)
  expect(handOver({ ...order, priceApproval: 'approved' }, place, '2026-03-02').events).toHaveLength(1)
})
