import { isMessage, type Message } from '@bufbuild/protobuf'
import { OrderAwaitsFundsSchema } from '@saleswright/contracts/saleswright/orders/v1/events_pb.ts'
import type { BusinessDate } from '@saleswright/kernel'
import type { Tx } from '@saleswright/store'
import type { Desk } from '../desk.ts'
import { bill } from '../receivable/bill.ts'
import type { Order } from './order.ts'

type Decided = { readonly next: Order; readonly events: readonly Message[] }

/**
 * Writes a step of an order. R213, R222: one that comes to wait for its funds is billed then, for the customer has accepted what is
 * available.
 */
export const saveOrder = (desk: Desk, tx: Tx, decided: Decided, on: BusinessDate): Order => {
  const order = tx.save(desk.orders, decided)
  const awaits = decided.events.some((event) => isMessage(event, OrderAwaitsFundsSchema))
  if (awaits) bill(desk, tx, { order, billed: order.id, amount: order.gross, net: order.net, on, due: on })
  return order
}
