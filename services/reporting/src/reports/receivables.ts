import { bucketOf } from '../figures/aging.ts'
import { type Entry, partsOf } from '../figures/entry.ts'
import type { FigureOf } from '../figures/kinds.ts'
import { rates, shareOf } from '../figures/share.ts'
import type { OrderRow } from '../models/order.ts'
import { openOn, type ReceivableRow } from '../models/receivable.ts'
import { orderBook } from './order-book.ts'
import { between, placedAt, type Report } from './report.ts'

const agedEntry = (row: ReceivableRow, asOf: string, order: OrderRow | undefined): Entry<FigureOf<'receivables'>> => {
  const open = BigInt(openOn(row, asOf))
  const bucket = bucketOf(row.dueOn, asOf)
  return {
    document: { kind: 'receivable', path: `/v1/receivables/${row.id}` },
    ...placedAt(row),
    date: row.billedOn,
    currency: row.currency,
    customerId: row.customerId,
    bucket,
    amounts: { open, overdue: bucket === 'notDue' ? 0n : open },
    counts: { receivables: 1 },
    products: partsOf(order?.lines),
  }
}

/** What was open at the end of a day, by how long it was overdue; with tax, for that is what is owed. */
export const receivables: Report<'receivables'> = {
  groupings: ['bucket', 'month', 'orgUnit', 'office', 'manager', 'person', 'product', 'customer', 'region'],
  otherwise: ['bucket'],
  counts: ['receivables'],
  async *entries(counting, asked) {
    const { asOf } = asked
    const book = orderBook(counting)
    const isByProduct = asked.groupings.includes('product')
    const unsettled = { settledOn: { $gt: asOf }, ...between('billedOn', asked) }
    for await (const batch of counting.stream('receivable', unsettled)) {
      const open = batch.filter((row) => openOn(row, asOf) !== 0)
      const orderOf = isByProduct ? await book.of(open) : () => undefined
      yield open.map((row) => agedEntry(row, asOf, orderOf(row.orderId)))
    }
  },
  rates: ({ amounts }) => rates({ overdue: shareOf(amounts.overdue, amounts.open) }),
  asOf: true,
}
