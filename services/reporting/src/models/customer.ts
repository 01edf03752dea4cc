import { CustomerChangedSchema } from '@saleswright/contracts/saleswright/customers/v1/events_pb.ts'
import { model } from '../rows/model.ts'
import { on, type Row } from '../rows/row.ts'

type CustomerRow = Row & { readonly name: string; readonly region?: string }

export const customers = model<CustomerRow>({
  collection: 'customers',
  by: 'aggregate',
  fields: { name: true, region: true },
  folds: [
    on(
      CustomerChangedSchema,
      (_row, { name, region }, base): CustomerRow => ({
        ...base,
        name,
        ...(region !== undefined && { region }),
      }),
    ),
  ],
})
