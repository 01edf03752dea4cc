import { companyScope } from '@saleswright/kernel'
import type { Tx } from '@saleswright/store'
import type { Desk } from '../desk.ts'

type Room = { readonly desk: Desk; readonly tx: Tx }

/** Who earns from the orders that are paid for, as they stand now (decisions 59). */
export const earnersOf = async (
  { desk, tx }: Room,
  companyId: string,
  paidFor: readonly { readonly orderId: string }[],
): Promise<readonly string[]> => {
  const ids = [...new Set(paidFor.map(({ orderId }) => orderId))]
  const orders = await tx.findEach(desk.orders, companyScope(companyId), ids)
  return orders.flatMap((order) => (order ? [order.ownerId] : []))
}
