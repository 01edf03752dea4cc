import { LeadChangedSchema } from '@saleswright/contracts/saleswright/customers/v1/events_pb.ts'
import { valueIn } from '../rows/amount.ts'
import { model } from '../rows/model.ts'
import { type Place, placeOf } from '../rows/place.ts'
import { on, type Row } from '../rows/row.ts'

export type LeadRow = Row &
  Place & {
    readonly status: string
    readonly sku?: string
    readonly currency?: string
    readonly value?: number
    readonly day: string
  }

export const leads = model<LeadRow>({
  collection: 'leads',
  by: 'aggregate',
  fields: { status: true, sku: true, currency: true, value: true, day: true },
  indexes: ['day'],
  owned: true,
  folds: [
    on(
      LeadChangedSchema,
      (_row, event, base): LeadRow => ({
        ...base,
        ...placeOf(event),
        ...valueIn(event.expectedValue),
        ...(event.sku !== undefined && { sku: event.sku }),
        status: event.status,
        day: event.businessDate,
      }),
    ),
  ],
})
