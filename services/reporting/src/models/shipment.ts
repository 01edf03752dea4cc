import { ShipmentShippedSchema } from '@saleswright/contracts/saleswright/orders/v1/events_pb.ts'
import { amountOf } from '../rows/amount.ts'
import { model } from '../rows/model.ts'
import { on, type Row } from '../rows/row.ts'

/** What left of an order. Whose it is, the order says. */
export type ShipmentRow = Row & {
  readonly orderId: string
  readonly shippedOn: string
  readonly parts: readonly { readonly sku: string; readonly currency: string; readonly net: number }[]
}

export const shipments = model<ShipmentRow>({
  collection: 'shipments',
  by: 'aggregate',
  fields: { orderId: true, shippedOn: true, parts: true },
  indexes: ['shippedOn', 'orderId'],
  folds: [
    on(
      ShipmentShippedSchema,
      (_row, { orderId, shippedOn, parts }, base): ShipmentRow => ({
        ...base,
        orderId,
        shippedOn,
        parts: parts.map(({ sku, net }) => {
          const { currency, minor } = amountOf(net)
          return { sku, currency, net: minor }
        }),
      }),
    ),
  ],
})
