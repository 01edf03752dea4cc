import type { Message } from '@bufbuild/protobuf'
import type { BusinessDate } from '@saleswright/kernel'
import type { Tx } from '@saleswright/store'
import { chain } from '../chain.ts'
import type { Desk } from '../desk.ts'
import { checkCredit, exposureOf } from '../exposure/expose.ts'
import { changeExposure } from '../exposure/exposure.ts'
import { productionRequests } from '../production-request/request-production.ts'
import { moveStock, stockOf } from '../stock-item/move-stock.ts'
import { reserve } from '../stock-item/stock-item.ts'
import { advance } from './advance.ts'
import { reservedLines } from './back-order.ts'
import { confirm, type OnShortage, type Order } from './order.ts'
import { saveOrder } from './save-order.ts'
import { settleShortage } from './settle-shortage.ts'

type Room = { readonly desk: Desk; readonly tx: Tx }

/** A confirmation that every rule has agreed to; `stage` writes it, behind the events that led to it. */
export type Confirmation = { readonly stage: (earlier?: readonly Message[]) => Order }

/**
 * The customer's word: reserves stock, and credit, in the transaction of the order, and asks production for what is not there where that
 * was chosen.
 * Whatever refuses it does so before anything is written.
 */
export const confirmation = async (
  room: Room,
  order: Order,
  date: BusinessDate,
  choice: OnShortage = order.onShortage ?? 'refuse',
): Promise<Confirmation> => {
  const { desk, tx } = room
  // What its state refuses is refused before anything is read.
  confirm(order, date)
  // Read side by side; where both refuse, the stock speaks first.
  const crediting = creditDecision(room, order, date)
  crediting.catch(() => undefined)
  const stock = await stockOf(room, order)
  const settled = await settleShortage(room, order, { stock, choice, date })
  const decision = chain(
    settled,
    (next) => confirm(next, date),
    (next) => advance(next, date),
  )
  const less = settled.next.gross.minor !== order.gross.minor
  const exposure = await (less ? creditDecision(room, settled.next, date) : crediting)
  const promised = { ...order, lines: reservedLines(settled.next) }
  const reserved = moveStock(stock, promised, reserve)
  const requests = await productionRequests(desk, settled.next, date)
  return {
    stage: (earlier = []) => {
      const decided = { next: decision.next, events: [...earlier, ...decision.events] }
      const stored = saveOrder(room, order, decided, date)
      for (const request of requests) tx.save(desk.productionRequests, request)
      if (exposure) tx.save(desk.exposures, exposure)
      for (const item of reserved) tx.save(desk.stock, item)
      return stored
    },
  }
}

const creditDecision = async ({ desk, tx }: Room, order: Order, date: BusinessDate) => {
  if (order.terms !== 'credit') return undefined
  const { companyId, customerId, gross } = order
  const exposure = await exposureOf(desk, tx, { companyId, customerId, currency: gross.currency })
  await checkCredit({ desk, tx }, exposure, gross.minor, date)
  return changeExposure(exposure, { change: gross.minor, cause: 'order_confirmed', orderId: order.id })
}
