import {
  TargetPlanPublishedSchema,
  TargetPlanSupersededSchema,
} from '@saleswright/contracts/saleswright/performance/v1/events_pb.ts'
import { amountOf } from '../rows/amount.ts'
import { model } from '../rows/model.ts'
import { known, on, type Row } from '../rows/row.ts'

export type Target = {
  /** 'person' or 'org_unit'. */
  readonly nodeKind: string
  readonly nodeId: string
  readonly period: string
  /** '' for a count. */
  readonly currency: string
  /** In the smallest unit, or a number of pieces. */
  readonly amount: number
  /** The way down to where the node lies. */
  readonly orgPath: readonly string[]
  /** 'collected', 'ordered', … */
  readonly basis: string
  /** 'quota' or 'minimum'. */
  readonly kind: string
}

export type TargetPlanRow = Row & {
  readonly year: string
  /** The person's own plan, which stands beside what their unit's plan sets for them. */
  readonly own: boolean
  readonly targets: readonly Target[]
  readonly superseded: boolean
  readonly supersedesId?: string
}

export const targetPlans = model<TargetPlanRow>({
  collection: 'target_plans',
  by: 'aggregate',
  fields: { year: true, own: true, targets: true, superseded: true, supersedesId: true },
  folds: [
    on(
      TargetPlanPublishedSchema,
      (_row, { year, nodeKind: plannedFor, supersedesId, targets }, base): TargetPlanRow => ({
        ...base,
        year,
        own: plannedFor === 'person',
        superseded: false,
        ...(supersedesId !== undefined && { supersedesId }),
        targets: targets.map(({ nodeKind, nodeId, period, amount, count, basis, kind, orgPath }) => {
          const { currency, minor } = count === undefined ? amountOf(amount) : { currency: '', minor: count }
          // Before targets named what counts, it was what was collected.
          const what = { basis: basis || 'collected', kind: kind || 'quota' }
          return { nodeKind, nodeId, period, currency, amount: minor, orgPath: [...orgPath], ...what }
        }),
      }),
    ),
    on(TargetPlanSupersededSchema, (row: TargetPlanRow | undefined, _event, base) => ({
      ...known(row, base),
      ...base,
      superseded: true,
    })),
  ],
})
