import {
  ReceivableCancelledSchema,
  ReceivableCollectedSchema,
  ReceivableHandedOverSchema,
  ReceivableOpenedSchema,
  ReceivableWrittenOffSchema,
} from '@saleswright/contracts/saleswright/orders/v1/events_pb.ts'
import { amountOf } from '../rows/amount.ts'
import { model } from '../rows/model.ts'
import { type Place, placeOf } from '../rows/place.ts'
import { known, on, type Row } from '../rows/row.ts'

/** Money that came onto it, or what of it was given up. */
type Change = { readonly on: string; readonly collected: number; readonly writtenOff?: number }

/** What a customer owes, with all that changed it, so that what was open can be told for any day. */
export type ReceivableRow = Row &
  Place & {
    readonly orderId: string
    readonly customerId: string
    readonly currency: string
    readonly amount: number
    readonly billedOn: string
    readonly dueOn: string
    readonly changes: readonly Change[]
    /** From this day on nothing is open; `NEVER` while something is. */
    readonly settledOn: string
  }

export const NEVER = '9999-12-31'

const collectedIn = (changes: ReceivableRow['changes']): number =>
  changes.reduce((sum, { collected }) => sum + collected, 0)

const writtenOffIn = (changes: ReceivableRow['changes']): number =>
  changes.reduce((sum, { writtenOff = 0 }) => sum + writtenOff, 0)

const settledIn = (changes: ReceivableRow['changes']): number => collectedIn(changes) + writtenOffIn(changes)

/** What was open at the end of a day. */
export const openOn = ({ amount, billedOn, changes, settledOn }: ReceivableRow, day: string): number =>
  day < billedOn || day >= settledOn ? 0 : amount - settledIn(changes.filter(({ on: date }) => date <= day))

/** The latest of the days and of the first one. */
const lastDay = (changes: ReceivableRow['changes'], first: string): string =>
  [first, ...changes.map(({ on: date }) => date)].toSorted().at(-1) ?? first

const withChange = (row: ReceivableRow, change: Change): ReceivableRow => {
  const changes = [...row.changes, change]
  return { ...row, changes, settledOn: settledIn(changes) === row.amount ? lastDay(changes, row.billedOn) : NEVER }
}

/** `collected` is the whole of it after the event. */
const collect = (row: ReceivableRow, collected: number, day: string): ReceivableRow =>
  withChange(row, { on: day, collected: collected - collectedIn(row.changes) })

export const receivables = model<ReceivableRow>({
  collection: 'receivables',
  by: 'aggregate',
  fields: {
    orderId: true,
    customerId: true,
    currency: true,
    amount: true,
    billedOn: true,
    dueOn: true,
    changes: true,
    settledOn: true,
  },
  indexes: ['settledOn'],
  owned: true,
  folds: [
    on(ReceivableOpenedSchema, (_row, event, base): ReceivableRow => {
      const { currency, minor: amount } = amountOf(event.amount)
      const { orderId, customerId, billedOn, dueOn } = event
      const open = { currency, amount, billedOn, dueOn, changes: [], settledOn: amount === 0 ? billedOn : NEVER }
      return { ...base, ...placeOf(event), orderId, customerId, ...open }
    }),
    on(ReceivableCollectedSchema, (row: ReceivableRow | undefined, event, base) => ({
      ...collect(known(row, base), amountOf(event.collected).minor, event.on),
      ...base,
    })),
    on(ReceivableWrittenOffSchema, (row: ReceivableRow | undefined, event, base) => ({
      ...withChange(known(row, base), {
        on: event.writtenOffOn,
        collected: 0,
        writtenOff: amountOf(event.amount).minor,
      }),
      ...base,
    })),
    on(ReceivableCancelledSchema, (row: ReceivableRow | undefined, event, base) => ({
      ...known(row, base),
      ...base,
      settledOn: event.cancelledOn,
    })),
    on(ReceivableHandedOverSchema, (row: ReceivableRow | undefined, event, base) => {
      const { partnerId: _before, ...receivable } = known(row, base)
      return { ...receivable, ...base, ...placeOf(event) }
    }),
  ],
})
