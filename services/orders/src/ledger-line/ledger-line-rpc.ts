import type { MessageInitShape } from '@bufbuild/protobuf'
import { moneyMessage } from '@saleswright/contracts'
import {
  LedgerLine_Account_Kind,
  LedgerLine_Kind,
  type LedgerLineSchema,
  type LedgerService,
} from '@saleswright/contracts/saleswright/orders/v1/money_in_pb.ts'
import { parseBusinessDate } from '@saleswright/kernel'
import { type Implementation, scopeOf } from '@saleswright/rpc'
import { pageFacts, queryOf } from '@saleswright/store'
import type { Desk } from '../desk.ts'
import { type Account, accountsOf, type Kind, type LedgerLine } from './ledger-line.ts'

export const ledgerRpc = ({ ledger }: Desk): Implementation<typeof LedgerService> => ({
  getLedgerLine: async ({ ledgerLineId }, call) => view(await ledger.get(scopeOf(call), ledgerLineId)),

  listLedgerLines: async (request, call) => {
    const { customerId, orderId, dateFrom, dateTo } = request
    const filter = {
      customerId,
      orderId,
      ...((dateFrom || dateTo) && {
        businessDate: {
          ...(dateFrom && { $gte: parseBusinessDate(dateFrom) }),
          ...(dateTo && { $lte: parseBusinessDate(dateTo) }),
        },
      }),
    }
    const page = await ledger.list(scopeOf(call), queryOf(request, filter))
    return { ledgerLines: page.items.map(view), ...pageFacts(page) }
  },
})

const KIND = {
  bill: LedgerLine_Kind.BILL,
  payment: LedgerLine_Kind.PAYMENT,
  refund: LedgerLine_Kind.REFUND,
  cancellation: LedgerLine_Kind.CANCELLATION,
  allocation: LedgerLine_Kind.ALLOCATION,
  reversal: LedgerLine_Kind.REVERSAL,
  write_off: LedgerLine_Kind.WRITE_OFF,
} as const satisfies Record<Kind, LedgerLine_Kind>

const ACCOUNT = {
  receivables: LedgerLine_Account_Kind.RECEIVABLES,
  unapplied_cash: LedgerLine_Account_Kind.UNAPPLIED_CASH,
  cash: LedgerLine_Account_Kind.CASH,
  sales: LedgerLine_Account_Kind.SALES,
  write_offs: LedgerLine_Account_Kind.WRITE_OFFS,
} as const satisfies Record<Account, LedgerLine_Account_Kind>

const view = (line: LedgerLine): MessageInitShape<typeof LedgerLineSchema> => ({
  ledgerLineId: line.id,
  kind: KIND[line.kind],
  debit: ACCOUNT[accountsOf(line).debit],
  credit: ACCOUNT[accountsOf(line).credit],
  customerId: line.customerId,
  documentId: line.documentId,
  documentNo: line.documentNo,
  businessDate: line.businessDate,
  amount: moneyMessage(line.amount),
  ownerId: line.ownerId,
  ...(line.orderId !== undefined && { orderId: line.orderId }),
  ...(line.orderNo !== undefined && { orderNo: line.orderNo }),
})
