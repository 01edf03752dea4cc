import type { BusinessDate, Money } from '@saleswright/kernel'
import { derivedId } from '@saleswright/kernel'
import type { Tx } from '@saleswright/store'
import type { Desk } from '../desk.ts'
import { type LedgerLine, postLine } from '../ledger-line/ledger-line.ts'
import type { Order } from '../order/order.ts'
import { openReceivable, type Receivable } from './receivable.ts'
import { receivableId } from './receivable-store.ts'

export type Bill = {
  readonly order: Order
  /** The order that is prepaid, or the shipment on credit. */
  readonly billed: string
  readonly amount: Money
  readonly net: Money
  readonly on: BusinessDate
  readonly due: BusinessDate
}

const placeOf = ({ companyId, ownerId, unitId, orgPath, partnerId }: Order) => ({
  companyId,
  ownerId,
  unitId,
  orgPath,
  ...(partnerId !== undefined && { partnerId }),
})

/** Opens a receivable and writes it into the ledger; nothing is billed for nothing. */
export const bill = (desk: Desk, tx: Tx, { order, billed, amount, net, on, due }: Bill): Receivable | undefined => {
  if (amount.minor === 0n) return undefined
  const receivable = tx.save(
    desk.receivables,
    openReceivable({
      ...placeOf(order),
      id: receivableId(billed),
      orderId: order.id,
      orderNo: order.orderNo,
      customerId: order.customerId,
      amount,
      net,
      onCredit: order.terms === 'credit',
      billedOn: on,
      dueOn: due,
    }),
  )
  post(desk, tx, order, { kind: 'bill', documentId: receivable.id, businessDate: on, amount })
  return receivable
}

/** One line for an order's document; `step` tells apart what happens to the same document more than once. */
export const post = (
  { ledger }: Desk,
  tx: Tx,
  order: Order,
  {
    step = '',
    ...line
  }: Pick<LedgerLine, 'kind' | 'documentId' | 'businessDate' | 'amount'> & { readonly step?: string },
): LedgerLine =>
  tx.save(
    ledger,
    postLine({
      ...placeOf(order),
      ...line,
      id: derivedId('ledger-line', line.kind, line.documentId, step),
      customerId: order.customerId,
      orderId: order.id,
      orderNo: order.orderNo,
      documentNo: order.orderNo,
    }),
  )
