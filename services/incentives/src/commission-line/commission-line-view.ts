import type { MessageInitShape } from '@bufbuild/protobuf'
import { instant, type Language, moneyMessage } from '@saleswright/contracts'
import {
  CommissionLine_Kind,
  type CommissionLineSchema,
} from '@saleswright/contracts/saleswright/incentives/v1/commission_pb.ts'
import { formatRate } from '@saleswright/kernel'
import type { CommissionLine, Kind } from './commission-line.ts'
import { why } from './why.ts'

const KIND = {
  accrual: CommissionLine_Kind.ACCRUAL,
  adjustment: CommissionLine_Kind.ADJUSTMENT,
  reversal: CommissionLine_Kind.REVERSAL,
} as const satisfies Record<Kind, CommissionLine_Kind>

export const commissionLineView = (
  line: CommissionLine,
  language: Language,
): MessageInitShape<typeof CommissionLineSchema> => {
  const money = (minor: bigint) => moneyMessage({ currency: line.currency, minor })
  return {
    commissionLineId: line.id,
    kind: KIND[line.kind],
    personId: line.ownerId,
    period: line.period,
    statementId: line.statementId,
    orderId: line.orderId,
    orderNo: line.orderNo,
    paymentId: line.paymentId,
    paymentNo: line.paymentNo,
    allocatedOn: line.allocatedOn,
    basis: money(line.basis),
    amount: money(line.amount),
    shares: line.shares.map((share) => ({
      rate: formatRate({ millionths: share.rate }),
      basis: money(share.basis),
      amount: money(share.amount),
    })),
    why: why(line, language),
    commissionPlanId: line.planId,
    correctsId: line.correctsId,
    accruedAt: instant(line.accruedAt),
  }
}
