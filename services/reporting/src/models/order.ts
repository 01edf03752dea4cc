import {
  OrderCancelledSchema,
  OrderCreatedSchema,
  OrderHandedOverSchema,
  OrderReducedSchema,
} from '@saleswright/contracts/saleswright/orders/v1/events_pb.ts'
import { type Amount, amountOf } from '../rows/amount.ts'
import { model } from '../rows/model.ts'
import { type Place, placeOf } from '../rows/place.ts'
import { known, on, type Row } from '../rows/row.ts'

/** What was ordered, without tax. */
export type OrderRow = Row &
  Place & {
    readonly customerId: string
    readonly businessDate: string
    readonly currency: string
    readonly net: number
    readonly lines: readonly { readonly sku: string; readonly net: number }[]
    readonly cancelled: boolean
  }

const lineOf = ({ sku, net }: { sku: string; net?: Parameters<typeof amountOf>[0] | undefined }) => ({
  sku,
  net: amountOf(net).minor,
})

const moneyOf = ({ currency, minor: net }: Amount) => ({ currency, net })

export const orders = model<OrderRow>({
  collection: 'orders',
  by: 'aggregate',
  fields: { customerId: true, businessDate: true, currency: true, net: true, lines: true, cancelled: true },
  indexes: ['businessDate'],
  owned: true,
  folds: [
    on(
      OrderCreatedSchema,
      (_row, event, base): OrderRow => ({
        ...base,
        ...placeOf(event),
        ...moneyOf(amountOf(event.net)),
        customerId: event.customerId,
        businessDate: event.businessDate,
        lines: event.lines.map(lineOf),
        cancelled: false,
      }),
    ),
    on(OrderReducedSchema, (row: OrderRow | undefined, event, base) => ({
      ...known(row, base),
      ...base,
      ...moneyOf(amountOf(event.net)),
      lines: event.lines.map(lineOf),
    })),
    on(OrderCancelledSchema, (row: OrderRow | undefined, _event, base) => ({
      ...known(row, base),
      ...base,
      cancelled: true,
    })),
    on(OrderHandedOverSchema, (row: OrderRow | undefined, event, base) => {
      const { partnerId: _before, ...order } = known(row, base)
      return { ...order, ...base, ...placeOf(event) }
    }),
  ],
})
