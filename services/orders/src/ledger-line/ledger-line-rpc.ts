import type { MessageInitShape } from '@bufbuild/protobuf'
import { moneyMessage } from '@saleswright/contracts'
import {
  LedgerLine_Kind,
  type LedgerLineSchema,
  type LedgerService,
} from '@saleswright/contracts/saleswright/orders/v1/money_in_pb.ts'
import { parseBusinessDate } from '@saleswright/kernel'
import { type Implementation, scopeOf } from '@saleswright/rpc'
import { pageFacts, queryOf } from '@saleswright/store'
import type { Desk } from '../desk.ts'
import type { LedgerLine } from './ledger-line.ts'

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
} as const satisfies Record<LedgerLine['kind'], LedgerLine_Kind>

const view = (line: LedgerLine): MessageInitShape<typeof LedgerLineSchema> => ({
  ledgerLineId: line.id,
  kind: KIND[line.kind],
  customerId: line.customerId,
  orderId: line.orderId,
  orderNo: line.orderNo,
  documentId: line.documentId,
  businessDate: line.businessDate,
  amount: moneyMessage(line.amount),
  ownerId: line.ownerId,
})
