import { derivedId } from '@saleswright/kernel'
import type { Tx } from '@saleswright/store'
import type { Desk } from '../desk.ts'
import { type LedgerLine, postLine } from '../ledger-line/ledger-line.ts'
import type { Payment } from './payment.ts'

type CashLine = Pick<LedgerLine, 'kind' | 'businessDate' | 'amount'> & {
  readonly kind: 'payment' | 'refund'
  /** Tells apart what happens to a payment more than once. */
  readonly step: string
}

/** A line for money that came from a customer or went back: the payment's, and no order's. */
export const postCash = ({ ledger }: Desk, tx: Tx, payment: Payment, { step, ...line }: CashLine): LedgerLine => {
  const { id: documentId, paymentNo: documentNo, companyId, ownerId, unitId, orgPath, partnerId, customerId } = payment
  return tx.save(
    ledger,
    postLine({
      ...line,
      id: derivedId('ledger-line', line.kind, documentId, step),
      companyId,
      ownerId,
      unitId,
      orgPath,
      customerId,
      documentId,
      documentNo,
      ...(partnerId !== undefined && { partnerId }),
    }),
  )
}
