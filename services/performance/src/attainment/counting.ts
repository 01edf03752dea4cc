import type { Envelope } from '@saleswright/bus'
import { readSum } from '@saleswright/contracts'
import type { CustomerChanged } from '@saleswright/contracts/saleswright/customers/v1/events_pb.ts'
import type {
  OrderConfirmed,
  PaymentAllocated,
  ReceivableOpened,
  ShipmentShipped,
} from '@saleswright/contracts/saleswright/orders/v1/events_pb.ts'
import { type BusinessDate, derivedId, type Money, type OwnedPlace, sum } from '@saleswright/kernel'
import type { Contribution, Fact } from './contribution.ts'

type MoneyMessage = Parameters<typeof readSum>[0]
type Told = Pick<Envelope, 'companyId' | 'recordedAt' | 'eventId'>

/** The row of a fact, found by the record that it is about. */
export const contributionId = (fact: Fact, recordId: string): string => derivedId('contribution', fact, recordId)

export const moneyIn = (message: MoneyMessage | undefined): Money => {
  if (!message) throw new Error('The event has no amount')
  return readSum(message)
}

type Counted = {
  readonly fact: Fact
  readonly recordId: string
  readonly on: BusinessDate
  readonly worth?: Money
  readonly orderId?: string
}

const counted = (told: Told, { ownerId, unitId, orgPath }: OwnedPlace, counting: Counted): Contribution => {
  const { fact, recordId, on, worth = { currency: '', minor: 0n }, orderId } = counting
  const { companyId, recordedAt } = told
  const where = { id: contributionId(fact, recordId), version: 0, companyId, ownerId, unitId, orgPath }
  const what = { fact, on, pieces: 1, amount: worth.minor, currency: worth.currency }
  return { ...where, ...what, recordedAt, ...(orderId !== undefined && { orderId }) }
}

export const ordered = (told: Told, event: OrderConfirmed): Contribution => {
  const { orderId, businessDate: on } = event
  return counted(told, event, { fact: 'ordered', recordId: orderId, orderId, on, worth: moneyIn(event.net) })
}

export const shipped = (told: Told, event: ShipmentShipped): Contribution => {
  const { shipmentId: recordId, orderId, shippedOn: on } = event
  const parts = event.parts.map(({ net }) => moneyIn(net))
  const worth = sum(parts[0]?.currency ?? '', parts)
  return counted(told, event, { fact: 'shipped', recordId, orderId, on, worth })
}

export const billed = (told: Told, event: ReceivableOpened): Contribution => {
  const { receivableId: recordId, orderId, billedOn: on } = event
  return counted(told, event, { fact: 'billed', recordId, orderId, on, worth: moneyIn(event.net) })
}

export const collected = (told: Told, event: PaymentAllocated): Contribution => {
  const { allocationId: recordId, orderId, allocatedOn: on } = event
  return counted(told, event, { fact: 'collected', recordId, orderId, on, worth: moneyIn(event.net) })
}

export const filed = (told: Told, event: CustomerChanged): Contribution =>
  counted(told, event, { fact: 'filed', recordId: event.customerId, on: event.businessDate })

type Back = { readonly on: BusinessDate; readonly amount?: bigint }

/** Taken from whom it was credited to, where it was, even if the record has changed hands since; all of it, or an amount. */
export const takenBack = (told: Told, row: Contribution, { on, amount }: Back): Contribution => ({
  ...row,
  id: told.eventId,
  version: 0,
  on,
  pieces: amount === undefined ? -row.pieces : 0,
  amount: -(amount ?? row.amount),
  recordedAt: told.recordedAt,
})
