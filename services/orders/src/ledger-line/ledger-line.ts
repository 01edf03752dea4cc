import { create } from '@bufbuild/protobuf'
import { moneyMessage } from '@saleswright/contracts'
import { LedgerLinePostedSchema } from '@saleswright/contracts/saleswright/orders/v1/events_pb.ts'
import type { Aggregate, BusinessDate, Decision, Money } from '@saleswright/kernel'

/** A line of the sales ledger (台账), written once. Bills and refunds raise what is owed, payments and cancellations lower it. */
export type LedgerLine = Aggregate & {
  readonly ownerId: string
  readonly unitId: string
  readonly orgPath: readonly string[]
  readonly kind: 'bill' | 'payment' | 'refund' | 'cancellation'
  readonly customerId: string
  readonly orderId: string
  readonly orderNo: string
  /** The receivable or the payment. */
  readonly documentId: string
  readonly businessDate: BusinessDate
  /** Never below zero. */
  readonly amount: Money
}

export const postLine = (line: Omit<LedgerLine, 'version'>): Decision<LedgerLine> => {
  const { id, kind, customerId, orderId, documentId, businessDate, amount } = line
  const event = create(LedgerLinePostedSchema, {
    ledgerLineId: id,
    kind,
    customerId,
    orderId,
    documentId,
    businessDate,
    amount: moneyMessage(amount),
  })
  return { next: { ...line, version: 0 }, events: [event] }
}
