import { fromBinary, type Message } from '@bufbuild/protobuf'
import { eventDesc, readSum } from '@saleswright/contracts'
import type { ExposureChanged } from '@saleswright/contracts/saleswright/orders/v1/events_pb.ts'
import { parseQuantity } from '@saleswright/kernel'
import { contentOf } from '@saleswright/testing/driver'
import type { ExposureFact, OrderFact, StockFact } from '@saleswright/testing/ledger'
import type { Connection } from 'mongoose'
import { rowsOf, type Told } from './read-services.ts'

/** An order as it lies in the store, as far as the check looks at it. Amounts in the smallest unit, quantities in thousandths. */
export type OrderRow = {
  readonly _id: string
  readonly status: string
  readonly hold?: { readonly from: string }
  readonly customerId: string
  readonly terms: string
  readonly externalOrderNo?: string
  readonly net: number
  readonly gross: number
  readonly collected: number
  readonly lines: readonly {
    readonly sku: string
    readonly quantity: number
    readonly shipped: number
    readonly fromStock: boolean
  }[]
}

export const orderRows = async (connection: Connection): Promise<readonly OrderRow[]> =>
  (await rowsOf(connection, 'orders', 'orders').find({}).toArray()) as unknown as readonly OrderRow[]

const THOUSANDTHS = 1_000

/** Orders by the key that they were made under, which is the correlation id of their first event. */
export const orderFacts = (rows: readonly OrderRow[], events: readonly Told[]): readonly OrderFact[] => {
  const made = new Map(
    events.filter(({ version }) => version === 1).map((event) => [event.aggregateId, event.correlationId]),
  )
  return rows.map(({ _id: id, customerId, externalOrderNo, lines }) => {
    const said = lines.map(({ sku, quantity }) => ({ sku, quantity: quantity / THOUSANDTHS }))
    return {
      id,
      key: made.get(id) ?? '',
      customerId,
      externalOrderNo,
      content: contentOf({ customerId, externalOrderNo, lines: said }),
    }
  })
}

const isOpen = ({ status, hold }: OrderRow): boolean => !['draft', 'cancelled'].includes(hold?.from ?? status)

/** What orders still wait for, by product. */
const promisedBy = (rows: readonly OrderRow[]): ReadonlyMap<string, bigint> => {
  const promised = new Map<string, bigint>()
  for (const { sku, quantity, shipped, fromStock } of rows.filter(isOpen).flatMap(({ lines }) => lines)) {
    if (fromStock) promised.set(sku, (promised.get(sku) ?? 0n) + BigInt(quantity - shipped))
  }
  return promised
}

type StoredEvent = {
  readonly type: string
  readonly aggregateId: string
  readonly data: { readonly buffer: Uint8Array }
}

const PACKAGE = 'saleswright.orders.v1'

/** The events of some types by their records, each in the order of its versions. */
const toldBy = async (connection: Connection, names: readonly string[]) => {
  const found = rowsOf(connection, 'orders', 'events')
    .find({ type: { $in: names.map((name) => `${PACKAGE}.${name}`) } })
    .sort({ aggregateId: 1, version: 1 })
  const byRecord = new Map<string, { readonly name: string; readonly event: Message }[]>()
  for await (const row of found) {
    const { type, aggregateId, data } = row as unknown as StoredEvent
    const told = byRecord.get(aggregateId) ?? []
    told.push({ name: type.slice(PACKAGE.length + 1), event: fromBinary(eventDesc(type), data.buffer) })
    byRecord.set(aggregateId, told)
  }
  return byRecord
}

const thousandths = (text: string): bigint =>
  text.startsWith('-') ? -parseQuantity(text.slice(1)).thousandths : parseQuantity(text).thousandths

/** What an event does to what lies there and to what is promised. */
const MOVES: Readonly<Record<string, (quantity: bigint) => StockFact['moves'][number]>> = {
  StockAdjusted: (change) => ({ onHand: change, reserved: 0n }),
  StockReserved: (quantity) => ({ onHand: 0n, reserved: quantity }),
  StockFreed: (quantity) => ({ onHand: 0n, reserved: -quantity }),
  StockIssued: (quantity) => ({ onHand: -quantity, reserved: -quantity }),
}

export const stockFacts = async (
  connection: Connection,
  orders: readonly OrderRow[],
): Promise<readonly StockFact[]> => {
  const told = await toldBy(connection, Object.keys(MOVES))
  const promised = promisedBy(orders)
  const items = await rowsOf(connection, 'orders', 'stockItems').find({}).toArray()
  return items.map(({ _id, sku, onHand, reserved }) => ({
    sku: String(sku),
    onHand: BigInt(Number(onHand)),
    reserved: BigInt(Number(reserved)),
    promised: promised.get(String(sku)) ?? 0n,
    moves: (told.get(_id) ?? []).flatMap(({ name, event }) => {
      const { change, quantity } = event as Message & { change?: string; quantity?: string }
      return MOVES[name]?.(thousandths(change ?? quantity ?? '0')) ?? []
    }),
  }))
}

/** Unbilled orders on credit and open bills of them, less the money on account that no payment request waits for. */
const owedBy = async (connection: Connection, orders: readonly OrderRow[]): Promise<ReadonlyMap<string, bigint>> => {
  const owed = new Map<string, bigint>()
  const add = (customer: unknown, by: number): void =>
    void owed.set(String(customer), (owed.get(String(customer)) ?? 0n) + BigInt(by))
  for (const { customerId, gross } of orders.filter((order) => order.terms === 'credit' && isOpen(order)))
    add(customerId, gross)
  const bills = rowsOf(connection, 'orders', 'receivables').find({ onCredit: true })
  for await (const { customerId, collected, writtenOff } of bills)
    add(customerId, -Number(collected) - Number(writtenOff))
  const payments = rowsOf(connection, 'orders', 'payments').find({ confirmedOn: { $exists: true } })
  for await (const { customerId, amount, refunded, allocations } of payments) {
    const parts = allocations as readonly Readonly<Record<'applied' | 'reversed', number>>[]
    const onBills = parts.reduce((sum, { applied, reversed }) => sum + applied - reversed, 0)
    add(customerId, onBills + Number(refunded) - Number(amount))
  }
  const requests = rowsOf(connection, 'orders', 'paymentRequests').find({ status: 'open' })
  for await (const { customerId, reservations } of requests) {
    for (const { amount } of reservations as readonly { readonly amount: number }[]) add(customerId, amount)
  }
  return owed
}

export const exposureFacts = async (
  connection: Connection,
  orders: readonly OrderRow[],
): Promise<readonly ExposureFact[]> => {
  const told = await toldBy(connection, ['ExposureChanged'])
  const owed = await owedBy(connection, orders)
  const accounts = await rowsOf(connection, 'orders', 'exposures').find({}).toArray()
  return accounts.map(({ _id, customerId, amount }) => ({
    customerId: String(customerId),
    amount: BigInt(Number(amount)),
    owed: owed.get(String(customerId)) ?? 0n,
    changes: (told.get(_id) ?? []).map(({ event }) => {
      const { change } = event as ExposureChanged
      return change ? readSum(change).minor : 0n
    }),
  }))
}
