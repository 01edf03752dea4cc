import { CustomerChangedSchema } from '@saleswright/contracts/saleswright/customers/v1/events_pb.ts'
import { model } from '../rows/model.ts'
import { type Place, placeOf } from '../rows/place.ts'
import { on, type Row } from '../rows/row.ts'

type CustomerRow = Row & Place & { readonly name: string; readonly region?: string }

export const customers = model<CustomerRow>({
  collection: 'customers',
  by: 'aggregate',
  fields: { name: true, region: true },
  folds: [
    on(
      CustomerChangedSchema,
      (_row, event, base): CustomerRow => ({
        ...base,
        ...placeOf(event),
        name: event.name,
        ...(event.region !== undefined && { region: event.region }),
      }),
    ),
  ],
})
