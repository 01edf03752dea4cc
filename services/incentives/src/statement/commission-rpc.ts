import { wordOf } from '@saleswright/contracts'
import {
  type CommissionService,
  type ListCommissionLinesRequest,
  type ListStatementsRequest,
  StatementSchema,
} from '@saleswright/contracts/saleswright/incentives/v1/commission_pb.ts'
import { type Decision, expectEtag } from '@saleswright/kernel'
import { type Call, type Implementation, scopeOf } from '@saleswright/rpc'
import { pageFacts, queryOf } from '@saleswright/store'
import { commissionLineView } from '../commission-line/commission-line-view.ts'
import type { Desk } from '../desk.ts'
import { confirm, publish, type Statement } from './statement.ts'
import { STATUS, statementView } from './statement-view.ts'

type Named = { readonly statementId: string; readonly etag: string }

export const commissionRpc = ({ store, lines, statements }: Desk): Implementation<typeof CommissionService> => {
  const change = ({ statementId, etag }: Named, call: Call, decide: (statement: Statement) => Decision<Statement>) =>
    store.answer(call, StatementSchema, async (tx) => {
      const statement = await tx.get(statements, scopeOf(call), statementId)
      expectEtag(statement, etag)
      return statementView(tx.save(statements, decide(statement)))
    })
  return {
    listCommissionLines: async (request, call) => {
      const page = await lines.list(scopeOf(call), queryOf(request, lineFilter(request)))
      return { commissionLines: page.items.map((line) => commissionLineView(line, call.language)), ...pageFacts(page) }
    },
    getCommissionLine: async ({ commissionLineId }, call) =>
      commissionLineView(await lines.get(scopeOf(call), commissionLineId), call.language),
    listStatements: async (request, call) => {
      const page = await statements.list(scopeOf(call), queryOf(request, statementFilter(request)))
      return { statements: page.items.map(statementView), ...pageFacts(page) }
    },
    getStatement: async ({ statementId }, call) => statementView(await statements.get(scopeOf(call), statementId)),
    publishStatement: (request, call) => change(request, call, once('published', publish)),
    confirmStatement: (request, call) =>
      change(
        request,
        call,
        once('confirmed', (statement) => confirm(statement, call.actor.id)),
      ),
  }
}

/** What is so already is answered and not told again. */
const once =
  (status: Statement['status'], decide: (statement: Statement) => Decision<Statement>) =>
  (statement: Statement): Decision<Statement> =>
    statement.status === status ? { next: statement, events: [] } : decide(statement)

const lineFilter = ({ personId: ownerId, period, orderId, paymentId }: ListCommissionLinesRequest) => ({
  ownerId,
  period,
  orderId,
  paymentId,
})

const statementFilter = ({ personId: ownerId, period, status }: ListStatementsRequest) => ({
  ownerId,
  period,
  status: wordOf(STATUS, status),
})
