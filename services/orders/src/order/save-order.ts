import type { BusinessDate, Decision } from '@saleswright/kernel'
import type { Tx } from '@saleswright/store'
import type { Desk } from '../desk.ts'
import { requestFunds } from '../payment-request/request-funds.ts'
import type { Order } from './order.ts'

type Room = { readonly desk: Desk; readonly tx: Tx }

/** Writes a step of an order; one that has come to wait for its funds asks for them then (R213, R222). */
export const saveOrder = ({ desk, tx }: Room, before: Order, decided: Decision<Order>, on: BusinessDate): Order => {
  const order = tx.save(desk.orders, decided)
  if (order.paymentRequestId !== undefined && before.paymentRequestId === undefined) requestFunds(desk, tx, order, on)
  return order
}
