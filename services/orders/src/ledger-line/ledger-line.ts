import { create } from '@bufbuild/protobuf'
import { moneyMessage } from '@saleswright/contracts'
import { LedgerLinePostedSchema } from '@saleswright/contracts/saleswright/orders/v1/events_pb.ts'
import type { Aggregate, BusinessDate, Decision, Money } from '@saleswright/kernel'

export type Account = 'receivables' | 'unapplied_cash' | 'cash' | 'sales' | 'write_offs'

/** Each kind of line moves its amount between two accounts, so the ledger balances whatever happens. */
const ACCOUNTS = {
  bill: { debit: 'receivables', credit: 'sales' },
  cancellation: { debit: 'sales', credit: 'receivables' },
  payment: { debit: 'cash', credit: 'unapplied_cash' },
  allocation: { debit: 'unapplied_cash', credit: 'receivables' },
  reversal: { debit: 'receivables', credit: 'unapplied_cash' },
  refund: { debit: 'unapplied_cash', credit: 'cash' },
  write_off: { debit: 'write_offs', credit: 'receivables' },
} as const satisfies Record<string, Readonly<Record<'debit' | 'credit', Account>>>

export type Kind = keyof typeof ACCOUNTS

/**
 * A line of the sales ledger (台账), written once. For each customer and currency, the balance of `receivables` is what open bills
 * come to, and that of `unapplied_cash`, turned round, what lies on account of payments.
 */
export type LedgerLine = Aggregate & {
  readonly ownerId: string
  readonly unitId: string
  readonly orgPath: readonly string[]
  readonly kind: Kind
  readonly customerId: string
  /** Absent where money came in or went back: that is the customer's, and no order's. */
  readonly orderId?: string
  readonly orderNo?: string
  /** The receivable or the payment. */
  readonly documentId: string
  /** The number of the order, or of the payment. */
  readonly documentNo: string
  readonly businessDate: BusinessDate
  /** Never below zero. */
  readonly amount: Money
}

export const accountsOf = ({ kind }: Pick<LedgerLine, 'kind'>): Readonly<Record<'debit' | 'credit', Account>> =>
  ACCOUNTS[kind]

export const postLine = (line: Omit<LedgerLine, 'version'>): Decision<LedgerLine> => {
  const { id, kind, customerId, orderId, documentId, businessDate, amount } = line
  const event = create(LedgerLinePostedSchema, {
    ledgerLineId: id,
    kind,
    customerId,
    documentId,
    businessDate,
    amount: moneyMessage(amount),
    ...accountsOf(line),
    ...(orderId !== undefined && { orderId }),
  })
  return { next: { ...line, version: 0 }, events: [event] }
}
