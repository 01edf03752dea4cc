import { CompanyCreatedSchema } from '@saleswright/contracts/saleswright/organization/v1/events_pb.ts'
import { model } from '../rows/model.ts'
import { on, type Row } from '../rows/row.ts'

type CompanyRow = Row & { readonly currency: string; readonly timeZone: string }

export const companies = model<CompanyRow>({
  collection: 'companies',
  by: 'aggregate',
  fields: { currency: true, timeZone: true },
  folds: [
    on(
      CompanyCreatedSchema,
      (_row, { currencyCode: currency, timeZone }, base): CompanyRow => ({
        ...base,
        currency,
        timeZone,
      }),
    ),
  ],
})
