import {
  PersonChangedSchema,
  type PersonChanged_Place as PlaceMessage,
} from '@saleswright/contracts/saleswright/organization/v1/events_pb.ts'
import type { DateSpan } from '@saleswright/kernel'
import { model } from '../rows/model.ts'
import { on, type Row } from '../rows/row.ts'

/** Where somebody is from day to day, and under whom. */
export type Seat = DateSpan & { readonly unitId: string; readonly managerId?: string }

export type PersonRow = Row & { readonly name: string; readonly seats: readonly Seat[] }

const seatOf = ({ orgUnitId, managerId, from, until }: PlaceMessage): Seat => ({
  unitId: orgUnitId,
  from,
  ...(managerId !== undefined && { managerId }),
  ...(until !== undefined && { until }),
})

export const people = model<PersonRow>({
  collection: 'people',
  by: 'aggregate',
  fields: { name: true, seats: true },
  folds: [
    on(
      PersonChangedSchema,
      (_row, { displayName: name, places }, base): PersonRow => ({
        ...base,
        name,
        seats: places.map(seatOf),
      }),
    ),
  ],
})
