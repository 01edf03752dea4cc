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
  readonly currency: string
  readonly amount: number
  /** The way down to where the node lies. */
  readonly orgPath: readonly string[]
}

export type TargetPlanRow = Row & {
  readonly year: string
  readonly targets: readonly Target[]
  readonly superseded: boolean
  readonly supersedesId?: string
}

export const targetPlans = model<TargetPlanRow>({
  collection: 'target_plans',
  by: 'aggregate',
  fields: { year: true, targets: true, superseded: true, supersedesId: true },
  folds: [
    on(
      TargetPlanPublishedSchema,
      (_row, { year, supersedesId, targets }, base): TargetPlanRow => ({
        ...base,
        year,
        superseded: false,
        ...(supersedesId !== undefined && { supersedesId }),
        targets: targets.map(({ nodeKind, nodeId, period, amount, orgPath }) => {
          const { currency, minor } = amountOf(amount)
          return { nodeKind, nodeId, period, currency, amount: minor, orgPath: [...orgPath] }
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
