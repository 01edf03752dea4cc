import type { MessageInitShape } from '@bufbuild/protobuf'
import { instant, moneyMessage } from '@saleswright/contracts'
import type {
  AttainmentSchema,
  AttainmentService,
} from '@saleswright/contracts/saleswright/performance/v1/target_pb.ts'
import { companyScope, type Period } from '@saleswright/kernel'
import { type Implementation, scopeOf } from '@saleswright/rpc'
import type { Desk } from '../desk.ts'
import { BASIS, KIND, nodeView } from '../target-plan/target-plan-view.ts'
import { listAttainments, type NamedRow } from './list-attainments.ts'

export const attainmentRpc = (desk: Desk): Implementation<typeof AttainmentService> => ({
  listAttainments: async (request, call) => {
    const { companyId } = call.actor
    const [rows, [newest]] = await Promise.all([
      listAttainments(desk, scopeOf(call), companyId, request),
      desk.contributions.findBy(companyScope(companyId), {}, { sort: ['-recordedAt'], limit: 1 }),
    ])
    const freshAsOf = newest && instant(newest.recordedAt)
    return { attainments: rows.map((row) => viewOf(request.period, row)), ...(freshAsOf && { freshAsOf }) }
  },
})

const viewOf = (period: Period, row: NamedRow): MessageInitShape<typeof AttainmentSchema> => {
  const { node, name, basis, kind, own, rate } = row
  const facts = { node: nodeView(node), name, period, basis: BASIS[basis], own, rate }
  return { ...facts, ...(kind && { kind: KIND[kind] }), ...(row.currency === undefined ? pieces(row) : money(row)) }
}

const pieces = ({ reached, target, gap }: NamedRow) => {
  const count = (value: bigint | undefined) => (value === undefined ? undefined : Number(value))
  return { reachedCount: Number(reached), targetCount: count(target), gapCount: count(gap) }
}

const money = ({ currency = '', reached, target, gap }: NamedRow) => {
  const amount = (minor: bigint | undefined) => (minor === undefined ? undefined : moneyMessage({ currency, minor }))
  return { reached: amount(reached), target: amount(target), gap: amount(gap) }
}
