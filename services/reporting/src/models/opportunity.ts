import {
  OpportunityChangedSchema,
  OpportunityLostSchema,
  OpportunityWonSchema,
} from '@saleswright/contracts/saleswright/customers/v1/events_pb.ts'
import { valueIn } from '../rows/amount.ts'
import { model } from '../rows/model.ts'
import { type Place, placeOf } from '../rows/place.ts'
import { type Base, on, type Row } from '../rows/row.ts'

export type OpportunityRow = Row &
  Place & {
    readonly customerId: string
    readonly stage: string
    readonly sku?: string
    readonly currency?: string
    /** Expected while it is open and when it is lost; what it was won at. */
    readonly value?: number
    /** The day of its end, else that of its record. */
    readonly day: string
  }

type Facts = Parameters<typeof placeOf>[0] & {
  readonly customerId: string
  readonly sku?: string | undefined
  readonly closedOn?: string | undefined
  readonly businessDate: string
}

const rowOf = (event: Facts, stage: string, base: Base) => ({
  ...base,
  ...placeOf(event),
  customerId: event.customerId,
  stage,
  ...(event.sku !== undefined && { sku: event.sku }),
  day: event.closedOn ?? event.businessDate,
})

export const opportunities = model<OpportunityRow>({
  collection: 'opportunities',
  by: 'aggregate',
  fields: { customerId: true, stage: true, sku: true, currency: true, value: true, day: true },
  indexes: ['day'],
  owned: true,
  folds: [
    on(
      OpportunityChangedSchema,
      (_row, event, base): OpportunityRow => ({
        ...rowOf(event, event.stage, base),
        ...valueIn(event.expectedValue),
      }),
    ),
    on(
      OpportunityWonSchema,
      (_row, event, base): OpportunityRow => ({
        ...rowOf(event, 'won', base),
        ...valueIn(event.wonValue),
      }),
    ),
    on(
      OpportunityLostSchema,
      (_row, event, base): OpportunityRow => ({
        ...rowOf(event, 'lost', base),
        ...valueIn(event.expectedValue),
      }),
    ),
  ],
})
