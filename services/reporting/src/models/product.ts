import { ProductChangedSchema } from '@saleswright/contracts/saleswright/orders/v1/events_pb.ts'
import { model } from '../rows/model.ts'
import { on, type Row } from '../rows/row.ts'

type ProductRow = Row & { readonly sku: string; readonly name: string }

export const products = model<ProductRow>({
  collection: 'products',
  by: 'aggregate',
  fields: { sku: true, name: true },
  indexes: ['sku'],
  folds: [on(ProductChangedSchema, (_row, { sku, name }, base): ProductRow => ({ ...base, sku, name }))],
})
