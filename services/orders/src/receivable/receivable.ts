import { create } from '@bufbuild/protobuf'
import { moneyMessage, placeMessage } from '@saleswright/contracts'
import {
  ReceivableCancelledSchema,
  ReceivableCollectedSchema,
  ReceivableHandedOverSchema,
  ReceivableOpenedSchema,
  ReceivableWrittenOffSchema,
} from '@saleswright/contracts/saleswright/orders/v1/events_pb.ts'
import {
  type Aggregate,
  add,
  type BusinessDate,
  conflict,
  type Decision,
  formatMoney,
  type Money,
  mover,
  type OwnedPlace,
  ratio,
  subtract,
  sum,
  zero,
} from '@saleswright/kernel'

export const TRANSITIONS = {
  open: ['open', 'collected', 'cancelled', 'written_off'],
  collected: ['open'],
  cancelled: [],
  written_off: ['open'],
} as const

export type Status = keyof typeof TRANSITIONS

/** A write-off that waits for a second person: the case, and what exactly was asked about. */
type PendingWriteOff = {
  readonly caseId: string
  readonly contentHash: string
  readonly requesterId: string
  readonly reason: string
}

/** What a customer owes for an order, or on credit for a part of it that has shipped. Overdue is computed, never stored. */
export type Receivable = Aggregate &
  OwnedPlace & {
    readonly status: Status
    readonly orderId: string
    readonly orderNo: string
    readonly customerId: string
    /** Gross, and the part of it that is not tax. */
    readonly amount: Money
    readonly net: Money
    readonly collected: Money
    /** What will not come any more, and is given up. */
    readonly writtenOff: Money
    readonly writeOff?: PendingWriteOff
    /** Whether it counts in the customer's exposure. */
    readonly onCredit: boolean
    readonly billedOn: BusinessDate
    readonly dueOn: BusinessDate
  }

const move = mover<Status>('receivable', TRANSITIONS)

export const openAmount = ({ status, amount, collected, writtenOff }: Receivable): Money =>
  status === 'cancelled' ? zero(amount.currency) : subtract(amount, add(collected, writtenOff))

type Bill = Omit<Receivable, 'version' | 'status' | 'collected' | 'writtenOff' | 'writeOff'>

export const openReceivable = (bill: Bill): Decision<Receivable> => {
  const { id, orderId, orderNo, customerId, amount, billedOn, dueOn } = bill
  const event = create(ReceivableOpenedSchema, {
    receivableId: id,
    orderId,
    orderNo,
    customerId,
    ...placeMessage(bill),
    amount: moneyMessage(amount),
    billedOn,
    dueOn,
    net: moneyMessage(bill.net),
    onCredit: bill.onCredit,
  })
  const none = zero(amount.currency)
  return { next: { ...bill, version: 0, status: 'open', collected: none, writtenOff: none }, events: [event] }
}

/** The net of what is collected in all, halves to even: shares of single payments are differences of it, and so add up. */
const netOf = ({ net, amount }: Receivable, collected: Money): Money =>
  amount.minor === 0n ? zero(net.currency) : ratio(net, collected.minor, amount.minor)

/** A decision about money, and the net share of that money. */
export type Moved = { readonly decision: Decision<Receivable>; readonly net: Money }

const statusOf = ({ amount, collected, writtenOff }: Receivable): Status => {
  if (sum(amount.currency, [collected, writtenOff]).minor < amount.minor) return 'open'
  return writtenOff.minor > 0n ? 'written_off' : 'collected'
}

const moved = (receivable: Receivable, change: bigint, on: BusinessDate): Moved => {
  const collected = { ...receivable.collected, minor: receivable.collected.minor + change }
  const next = { ...move(receivable, statusOf({ ...receivable, collected })), collected }
  const event = create(ReceivableCollectedSchema, {
    receivableId: receivable.id,
    orderId: receivable.orderId,
    collected: moneyMessage(collected),
    open: moneyMessage(openAmount(next)),
    on,
  })
  const [before, after] = [netOf(receivable, receivable.collected), netOf(receivable, collected)]
  return { decision: { next, events: [event] }, net: change > 0n ? subtract(after, before) : subtract(before, after) }
}

/** Money that found it: never more than is open. */
export const collect = (receivable: Receivable, amount: Money, on: BusinessDate): Moved => {
  const { orderNo } = receivable
  if (receivable.status === 'cancelled') throw conflict('receivable_is_cancelled')
  const open = openAmount(receivable)
  if (amount.currency !== open.currency || amount.minor > open.minor) {
    throw conflict('allocation_beyond_receivable', { orderNo, amount: formatMoney(amount), open: formatMoney(open) })
  }
  return moved(receivable, amount.minor, on)
}

/** Money that is taken off it again. */
export const giveBack = (receivable: Receivable, amount: Money, on: BusinessDate): Moved =>
  moved(receivable, -amount.minor, on)

/** With its order; what was collected has been taken off it before. */
export const cancelReceivable = (receivable: Receivable, on: BusinessDate): Decision<Receivable> => ({
  next: move(receivable, 'cancelled'),
  events: [
    create(ReceivableCancelledSchema, { receivableId: receivable.id, orderId: receivable.orderId, cancelledOn: on }),
  ],
})

/** Gives up all that is open of it. */
export const writeOff = (
  receivable: Receivable,
  { on, reason }: { readonly on: BusinessDate; readonly reason: string },
): Decision<Receivable> => {
  const { id: receivableId, orderId } = receivable
  const amount = openAmount(receivable)
  const { writeOff: _decided, ...rest } = move(receivable, 'written_off')
  const event = create(ReceivableWrittenOffSchema, {
    receivableId,
    orderId,
    amount: moneyMessage(amount),
    writtenOffOn: on,
    reason,
  })
  return { next: { ...rest, writtenOff: add(receivable.writtenOff, amount) }, events: [event] }
}

export const handOverReceivable = (
  receivable: Receivable,
  { ownerId, unitId, orgPath }: OwnedPlace,
  on: BusinessDate,
): Decision<Receivable> => {
  const next = { ...receivable, ownerId, unitId, orgPath }
  const facts = { receivableId: receivable.id, orderId: receivable.orderId, on, ...placeMessage(next) }
  return { next, events: [create(ReceivableHandedOverSchema, facts)] }
}
