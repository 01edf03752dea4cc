import { readMoney, wordOf } from '@saleswright/contracts'
import {
  type CreateCreditEvaluationRequest,
  CreditEvaluationSchema,
  type CreditEvaluationService,
  type ListCreditEvaluationsRequest,
} from '@saleswright/contracts/saleswright/customers/v1/credit_evaluation_pb.ts'
import { companyScope, expectEtag, invalidField, notFound, parseBusinessDate } from '@saleswright/kernel'
import { type Call, type Implementation, scopeIfAny, scopeOf } from '@saleswright/rpc'
import { pageFacts, queryOf, type Tx } from '@saleswright/store'
import type { Desk } from '../desk.ts'
import { intakeOf, todayFor } from '../intake/take-in.ts'
import { type Asked, type CreditEvaluation, draft, submit } from './credit-evaluation.ts'
import { creditEvaluationView, STATUS } from './credit-evaluation-view.ts'

export const creditEvaluationRpc = (desk: Desk): Implementation<typeof CreditEvaluationService> => {
  const { store, evaluations, customers, directory } = desk
  const answer = (call: Call, work: (tx: Tx) => Promise<CreditEvaluation>) =>
    store.answer(call, CreditEvaluationSchema, async (tx) => creditEvaluationView(await work(tx)))
  return {
    createCreditEvaluation: (request, call) => answer(call, (tx) => evaluate(desk, tx, request, call)),
    getCreditEvaluation: async ({ creditEvaluationId }, call) =>
      creditEvaluationView(await evaluations.get(scopeOf(call), creditEvaluationId)),
    listCreditEvaluations: async (request, call) => {
      const page = await evaluations.list(scopeOf(call), queryOf(request, filterOf(request)))
      return { creditEvaluations: page.items.map(creditEvaluationView), ...pageFacts(page) }
    },
    submitCreditEvaluation: ({ creditEvaluationId, etag }, call) =>
      answer(call, async (tx) => {
        const evaluation = await tx.get(evaluations, scopeOf(call), creditEvaluationId)
        expectEtag(evaluation, etag)
        const customer = await tx.get(customers, companyScope(evaluation.companyId), evaluation.customerId)
        const today = await todayFor(directory, call)
        return tx.save(evaluations, submit(evaluation, customer, { at: tx.at, today }))
      }),
  }
}

/** Only for customers that the caller may see, and in the money that the company counts exposure in. */
const evaluate = async (
  { evaluations, customers, directory }: Desk,
  tx: Tx,
  request: CreateCreditEvaluationRequest,
  call: Call,
): Promise<CreditEvaluation> => {
  const scope = scopeIfAny(call, 'customers.read')
  if (!scope) throw notFound('customer', request.customerId)
  await tx.get(customers, scope, request.customerId)
  const asked = askedIn(request)
  const { currency } = await directory.company(call.actor.companyId)
  if (asked.requestedLimit.currency !== currency)
    throw invalidField('requestedLimit.currencyCode', 'credit_in_other_currency', { currency })
  return tx.save(evaluations, draft(await intakeOf(directory, call, {}), asked))
}

const askedIn = (request: CreateCreditEvaluationRequest): Asked => ({
  customerId: request.customerId,
  requestedLimit: readMoney(request.requestedLimit ?? { currencyCode: '', amount: '' }),
  validFrom: parseBusinessDate(request.validFrom),
  validUntil: parseBusinessDate(request.validUntil),
  grounds: request.grounds,
})

const filterOf = ({ customerId, status }: ListCreditEvaluationsRequest) => ({
  customerId,
  status: wordOf(STATUS, status),
})
