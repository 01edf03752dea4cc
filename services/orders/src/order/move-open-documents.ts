import { type BusinessDate, companyScope } from '@saleswright/kernel'
import type { Filter, Tx } from '@saleswright/store'
import type { Desk } from '../desk.ts'
import { handOverReceivable, type Receivable } from '../receivable/receivable.ts'
import { handOver } from './facts.ts'
import type { Order } from './order.ts'

type Place = Pick<Order, 'ownerId' | 'unitId' | 'orgPath'>
type Move = {
  readonly companyId: string
  readonly filter: Filter
  readonly place: (of: Order | Receivable) => Place
  readonly date: BusinessDate
}

/** Rewrites whose an order or receivable is while it is open; closed ones keep their place (decisions 3). */
export const moveOpenDocuments = async (
  desk: Desk,
  tx: Tx,
  { companyId, filter, place, date }: Move,
): Promise<void> => {
  const scope = companyScope(companyId)
  const closed = ['completed', 'cancelled']
  const orders = await tx.findBy(desk.orders, scope, { ...filter, status: { $nin: closed } })
  const receivables = await tx.findBy(desk.receivables, scope, { ...filter, status: 'open' })
  for (const order of orders) tx.save(desk.orders, handOver(order, place(order), date))
  for (const receivable of receivables) {
    tx.save(desk.receivables, handOverReceivable(receivable, place(receivable), date))
  }
}
