import { type Entry, partsOf } from '../figures/entry.ts'
import { rates, shareOf } from '../figures/share.ts'
import { type CommissionRow, commissions } from '../models/commission.ts'
import type { OrderRow } from '../models/order.ts'
import { joinedOrders } from './joined-orders.ts'
import { link } from './link.ts'
import { between, placedAt, type Report } from './report.ts'

const commissionEntry = (row: CommissionRow, order: OrderRow | undefined): Entry => ({
  ...placedAt(row),
  date: row.day,
  period: row.period,
  currency: row.currency,
  customerId: order?.customerId,
  amounts: { basis: BigInt(row.basis), amount: BigInt(row.amount) },
  counts: { lines: 1 },
  products: partsOf(order?.lines),
})

/** What was earned, on what, by the days on which the money was allocated (decisions 28). */
export const commission: Report = {
  groupings: ['month', 'period', 'orgUnit', 'office', 'manager', 'person', 'product', 'customer', 'region'],
  otherwise: ['person'],
  amounts: ['basis', 'amount'],
  counts: ['lines'],
  async *entries(rows, asked) {
    for await (const batch of rows.stream(commissions, asked.scope, between('day', asked))) {
      const theirs = await joinedOrders(rows, asked, batch, ['product', 'customer', 'region'])
      yield batch.map((row) => commissionEntry(row, theirs.get(row.orderId)))
    }
  },
  rates: ({ amounts }) => rates({ amount: shareOf(amounts.amount, amounts.basis) }),
  documents: ({ person, period }) => link('/v1/commission-lines', { personId: person, period }),
}
