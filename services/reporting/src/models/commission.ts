import { CommissionAccruedSchema } from '@saleswright/contracts/saleswright/incentives/v1/events_pb.ts'
import { amountOf } from '../rows/amount.ts'
import { model } from '../rows/model.ts'
import { type Place, placeOf } from '../rows/place.ts'
import { on, type Row } from '../rows/row.ts'

/** A commission line, signed. A statement has many, so each is a row of its own. */
export type CommissionRow = Row &
  Place & {
    readonly lineId: string
    readonly orderId: string
    readonly period: string
    readonly day: string
    readonly currency: string
    readonly basis: number
    readonly amount: number
  }

export const commissions = model<CommissionRow>({
  collection: 'commissions',
  by: 'event',
  fields: { lineId: true, orderId: true, period: true, day: true, currency: true, basis: true, amount: true },
  indexes: ['day'],
  owned: true,
  folds: [
    on(CommissionAccruedSchema, (_row, event, base): CommissionRow => {
      const { currency, minor: amount } = amountOf(event.amount)
      const { commissionLineId: lineId, personId: ownerId, orderId, period, allocatedOn: day } = event
      const basis = event.basis ? amountOf(event.basis).minor : 0
      return { ...base, ...placeOf({ ...event, ownerId }), lineId, orderId, period, day, currency, basis, amount }
    }),
  ],
})
