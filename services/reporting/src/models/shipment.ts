import {
  ShipmentHandedOverSchema,
  ShipmentShippedSchema,
} from '@saleswright/contracts/saleswright/orders/v1/events_pb.ts'
import { amountOf } from '../rows/amount.ts'
import { model } from '../rows/model.ts'
import { type Place, placeOf } from '../rows/place.ts'
import { on, type Row } from '../rows/row.ts'

/** A load. It follows its order to another owner until it has arrived. */
export type ShipmentRow = Row &
  Place & {
    readonly orderId: string
    /** Absent until it has left: then it has no parts either. */
    readonly shippedOn?: string
    readonly parts: readonly { readonly sku: string; readonly currency: string; readonly net: number }[]
  }

export const shipments = model<ShipmentRow>({
  collection: 'shipments',
  by: 'aggregate',
  fields: { orderId: true, shippedOn: true, parts: true },
  indexes: ['shippedOn', 'orderId'],
  owned: true,
  folds: [
    on(
      ShipmentShippedSchema,
      (_row, event, base): ShipmentRow => ({
        ...base,
        ...placeOf(event),
        orderId: event.orderId,
        shippedOn: event.shippedOn,
        parts: event.parts.map(({ sku, net }) => {
          const { currency, minor } = amountOf(net)
          return { sku, currency, net: minor }
        }),
      }),
    ),
    on(ShipmentHandedOverSchema, (row: ShipmentRow | undefined, event, base): ShipmentRow => {
      const { shippedOn, parts = [] } = row ?? {}
      const load = { orderId: event.orderId, parts, ...(shippedOn !== undefined && { shippedOn }) }
      return { ...base, ...placeOf(event), ...load }
    }),
  ],
})
