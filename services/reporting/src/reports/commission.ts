import { type Entry, partsOf } from '../figures/entry.ts'
import type { Grouping } from '../figures/grouping.ts'
import type { FigureOf } from '../figures/kinds.ts'
import { rates, shareOf } from '../figures/share.ts'
import type { CommissionRow } from '../models/commission.ts'
import type { OrderRow } from '../models/order.ts'
import { orderBook } from './order-book.ts'
import { between, placedAt, type Report } from './report.ts'

/** What a commission line does not say by itself. */
const OF_THE_ORDER: ReadonlySet<Grouping> = new Set(['product', 'customer', 'region'])

const commissionEntry = (row: CommissionRow, order: OrderRow | undefined): Entry<FigureOf<'commission'>> => ({
  document: { kind: 'commission_line', path: `/v1/commission-lines/${row.lineId}` },
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
export const commission: Report<'commission'> = {
  groupings: ['month', 'period', 'orgUnit', 'office', 'manager', 'person', 'product', 'customer', 'region'],
  otherwise: ['person'],
  counts: ['lines'],
  async *entries(counting, asked) {
    const book = orderBook(counting)
    const isJoined = asked.groupings.some((grouping) => OF_THE_ORDER.has(grouping))
    for await (const batch of counting.stream('commission_line', between('day', asked))) {
      const orderOf = isJoined ? await book.of(batch) : () => undefined
      yield batch.map((row) => commissionEntry(row, orderOf(row.orderId)))
    }
  },
  rates: ({ amounts }) => rates({ amount: shareOf(amounts.amount, amounts.basis) }),
}
