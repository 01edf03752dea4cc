import { OrgUnitChangedSchema } from '@saleswright/contracts/saleswright/organization/v1/events_pb.ts'
import { model } from '../rows/model.ts'
import { on, type Row } from '../rows/row.ts'

type OrgUnitRow = Row & { readonly name: string; readonly kind: string; readonly path: readonly string[] }

export const orgUnits = model<OrgUnitRow>({
  collection: 'org_units',
  by: 'aggregate',
  fields: { name: true, kind: true, path: true },
  folds: [
    on(
      OrgUnitChangedSchema,
      (_row, { name, kind, path }, base): OrgUnitRow => ({
        ...base,
        name,
        kind: kind.toLowerCase(),
        path: [...path],
      }),
    ),
  ],
})
