import { instant, moneyMessage } from '@saleswright/contracts'
import type { AttainmentService } from '@saleswright/contracts/saleswright/performance/v1/target_pb.ts'
import { companyScope } from '@saleswright/kernel'
import { type Implementation, scopeOf } from '@saleswright/rpc'
import type { Desk } from '../desk.ts'
import { KIND } from '../target-plan/target-plan-view.ts'
import { listAttainments, type NamedRow } from './list-attainments.ts'

export const attainmentRpc = (desk: Desk): Implementation<typeof AttainmentService> => ({
  listAttainments: async (request, call) => {
    const { companyId } = call.actor
    const [rows, [newest]] = await Promise.all([
      listAttainments(desk, scopeOf(call), companyId, request),
      desk.collected.findBy(companyScope(companyId), {}, { sort: ['-recordedAt'], limit: 1 }),
    ])
    const freshAsOf = newest && instant(newest.recordedAt)
    return { attainments: rows.map(viewOf(request.period)), ...(freshAsOf && { freshAsOf }) }
  },
})

const viewOf =
  (period: string) =>
  ({ node, name, currency, reached, target, rate, gap }: NamedRow) => {
    const money = (minor: bigint | undefined) => (minor === undefined ? undefined : moneyMessage({ currency, minor }))
    const due = { target: money(target), gap: money(gap), rate }
    return { node: { kind: KIND[node.kind], id: node.id }, name, period, reached: money(reached), ...due }
  }
