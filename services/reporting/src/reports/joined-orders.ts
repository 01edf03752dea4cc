import { companyScope } from '@saleswright/kernel'
import type { Grouping } from '../figures/grouping.ts'
import { type OrderRow, orders } from '../models/order.ts'
import type { Rows } from '../reading/rows.ts'
import type { Asked } from './report.ts'

/** The orders of a batch of documents that the caller reaches; none are read where no grouping needs them. */
export const joinedOrders = async (
  rows: Rows,
  { companyId, groupings }: Asked,
  batch: readonly { readonly orderId: string }[],
  neededFor: readonly Grouping[],
): Promise<ReadonlyMap<string, OrderRow>> => {
  if (!groupings.some((grouping) => neededFor.includes(grouping))) return new Map()
  const ids = batch.map(({ orderId }) => orderId)
  return rows.byIds(orders, companyScope(companyId), ids)
}
