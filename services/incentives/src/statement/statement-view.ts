import type { MessageInitShape } from '@bufbuild/protobuf'
import { moneyMessage } from '@saleswright/contracts'
import {
  Statement_Status,
  type StatementSchema,
} from '@saleswright/contracts/saleswright/incentives/v1/commission_pb.ts'
import { etagOf } from '@saleswright/kernel'
import type { Statement, Status } from './statement.ts'

export const STATUS = {
  draft: Statement_Status.DRAFT,
  published: Statement_Status.PUBLISHED,
  confirmed: Statement_Status.CONFIRMED,
} as const satisfies Record<Status, Statement_Status>

export const statementView = (statement: Statement): MessageInitShape<typeof StatementSchema> => {
  const { currency } = statement
  return {
    statementId: statement.id,
    personId: statement.ownerId,
    period: statement.period,
    status: STATUS[statement.status],
    basis: moneyMessage({ currency, minor: statement.basis }),
    amount: moneyMessage({ currency, minor: statement.amount }),
    lines: statement.lines,
    etag: etagOf(statement),
  }
}
