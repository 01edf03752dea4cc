import type { EffectCount, OrderMoney, ServiceFacts } from '@saleswright/testing/ledger'
import type { Connection } from 'mongoose'
import type { OrderRow } from './read-orders.ts'
import { rowsOf } from './read-services.ts'

type Place = readonly [context: string, collection: string]

const CONTRIBUTIONS: Place = ['performance', 'contributions']
const COLLECTED = { fact: 'collected' }

const sumsByOrder = async (
  connection: Connection,
  [context, collection]: Place,
  { field, where = {} }: { readonly field: string; readonly where?: object },
) => {
  const sums = new Map<string, bigint>()
  for await (const row of rowsOf(connection, context, collection)
    .find(where)
    .project({ orderId: 1, [field]: 1 })) {
    const orderId = String(row.orderId)
    sums.set(orderId, (sums.get(orderId) ?? 0n) + BigInt(Number(row[field])))
  }
  return sums
}

const together = (...sums: readonly ReadonlyMap<string, bigint>[]): ReadonlyMap<string, bigint> => {
  const all = new Map<string, bigint>()
  for (const [id, sum] of sums.flatMap((each) => [...each])) all.set(id, (all.get(id) ?? 0n) + sum)
  return all
}

/** The net that came in for each order, as the three say that count it, beside that of the order where it is all there. */
export const moneyOf = async (connection: Connection, orders: readonly OrderRow[]): Promise<readonly OrderMoney[]> => {
  const reporting = await sumsByOrder(connection, ['reporting', 'collections'], { field: 'net' })
  const performance = await sumsByOrder(connection, ['performance', 'contributions'], {
    field: 'amount',
    where: COLLECTED,
  })
  const incentives = together(
    await sumsByOrder(connection, ['incentives', 'commission_lines'], { field: 'basis' }),
    await sumsByOrder(connection, ['incentives', 'put_off_allocations'], { field: 'basis' }),
  )
  const nets = new Map(
    orders
      .filter(({ gross, collected }) => collected > 0 && collected === gross)
      .map(({ _id, net }) => [_id, BigInt(net)]),
  )
  const ids = new Set([...nets.keys(), ...reporting.keys(), ...performance.keys(), ...incentives.keys()])
  return [...ids].map((orderId) => ({
    orderId,
    net: nets.get(orderId),
    counted: {
      reporting: reporting.get(orderId) ?? 0n,
      performance: performance.get(orderId) ?? 0n,
      incentives: incentives.get(orderId) ?? 0n,
    },
  }))
}

/** Consumers of which each event leaves a row, or an entry in one. */
export const effectsOf = async (
  connection: Connection,
  services: readonly Pick<ServiceFacts, 'events'>[],
): Promise<readonly EffectCount[]> => {
  const types = Map.groupBy(
    services.flatMap(({ events }) => events),
    ({ type }) => type.split('.').at(-1) ?? '',
  )
  const told = (...names: readonly string[]): number =>
    names.reduce((sum, name) => sum + (types.get(name)?.length ?? 0), 0)
  const rows = ([context, collection]: Place, filter = {}): Promise<number> =>
    rowsOf(connection, context, collection).countDocuments(filter)
  const accrued = await rows(['incentives', 'commission_lines'], { kind: 'accrual' })
  let entries = 0
  for await (const row of rowsOf(connection, 'incentives', 'earnings').find({}))
    entries += (row.entries as unknown[]).length
  const putOff = await rows(['incentives', 'put_off_allocations'])
  const moved = told('PaymentAllocated', 'AllocationReversed')
  return [
    { what: 'commission lines of allocations', expected: told('PaymentAllocated'), found: accrued + putOff },
    ...(putOff === 0 ? [{ what: 'entries in earnings', expected: moved, found: entries }] : []),
    { what: 'attainment', expected: moved, found: await rows(CONTRIBUTIONS, COLLECTED) },
    {
      what: 'attainment of what is ordered',
      expected: told('OrderConfirmed'),
      found: await rows(CONTRIBUTIONS, { fact: 'ordered', pieces: 1 }),
    },
    {
      what: 'attainment of what is shipped',
      expected: told('ShipmentShipped'),
      found: await rows(CONTRIBUTIONS, { fact: 'shipped' }),
    },
    {
      what: 'attainment of what is billed',
      expected: told('ReceivableOpened', 'ReceivableCancelled'),
      found: await rows(CONTRIBUTIONS, { fact: 'billed' }),
    },
    { what: 'reports of money', expected: moved, found: await rows(['reporting', 'collections']) },
    { what: 'reports of orders', expected: told('OrderCreated'), found: await rows(['reporting', 'orders']) },
    {
      what: 'reports of commission',
      expected: told('CommissionAccrued'),
      found: await rows(['reporting', 'commissions']),
    },
    { what: 'approval cases', expected: told('ApprovalNeeded'), found: await rows(['organization', 'approvals']) },
  ]
}
