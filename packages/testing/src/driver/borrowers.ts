import { setTimeout as wait } from 'node:timers/promises'
import { allOf } from './all-of.ts'
import { today, yearStart, yuan } from './facts.ts'
import type { Http } from './http.ts'
import type { Hands } from './sign-in.ts'

type Borrowers = {
  /** Of whoever approves credit. */
  readonly positionId: string
  readonly customerIds: readonly string[]
}

const IN_FLIGHT = 8

/** Customers who may buy on credit, as much as they want: the seller asks for it, and the cashier approves. */
export const borrowers = async (http: Http, { seller, cashier }: Hands, of: Borrowers): Promise<void> => {
  const { positionId, customerIds } = of
  await http.post('/v1/authority-rules', seller, { class: 'credit_limit', positionId, from: yearStart() })
  await allOf(customerIds, IN_FLIGHT, async (customerId) => {
    const { creditEvaluationId } = await http.post('/v1/credit-evaluations', seller, {
      customerId,
      requestedLimit: yuan('9000000000.00'),
      validFrom: today(),
      validUntil: `${Number(today().slice(0, 4)) + 1}-12-31`,
      grounds: '三年无逾期',
    })
    const path = `/v1/credit-evaluations/${String(creditEvaluationId)}`
    const { approvalId } = await http.post(`${path}/submit`, seller)
    await eventually(
      async () => (await http.call('GET', `/v1/approvals/${String(approvalId)}`, { token: cashier })).status === 200,
    )
    await http.post(`/v1/approvals/${String(approvalId)}/approve`, cashier, { comment: '同意' })
    await eventually(async () => (await http.get(path, seller)).status === 'APPROVED')
  })
}

const PATIENCE_MS = 20_000

const eventually = async (is: () => Promise<boolean>): Promise<void> => {
  const until = performance.now() + PATIENCE_MS
  while (!(await is())) {
    if (performance.now() > until) throw new Error('what had to follow did not come')
    await wait(20)
  }
}
