import { fc } from '@fast-check/vitest'
import { formatMoney, inPeriod, lastDay, monthsOf, type Period } from '@saleswright/kernel'
import type { Fact } from '../src/attainment/contribution.ts'
import type { Basis, Node } from '../src/target-plan/target-plan.ts'
import type { customersOf, ordersOf } from './peers.ts'

/** Something that counts, and what of it was taken back on which days. */
export type Happening = {
  readonly fact: Fact
  readonly owner: number
  readonly place: number
  readonly on: string
  readonly currency: string
  readonly cents: number
  readonly backs: readonly { readonly on: string; readonly cents: number }[]
}

const YEAR = '1999'
const day = fc.constantFrom(...monthsOf(YEAR).flatMap((month) => [`${month}-01`, `${month}-17`, lastDay(month)]))

const happening = fc
  .record({
    owner: fc.nat(2),
    place: fc.nat(2),
    on: day,
    cents: fc.integer({ min: 1, max: 100_000 }),
    fact: fc.constantFrom<Fact>('ordered', 'shipped', 'billed', 'collected', 'filed'),
    currency: fc.constantFrom('USD', 'EUR'),
    backs: fc.array(fc.record({ on: day, share: fc.integer({ min: 1, max: 100 }) }), { maxLength: 3 }),
  })
  .map(({ backs, ...one }): Happening => ({ ...one, backs: takenBackOf(one.fact, one.cents, backs) }))

/** Orders and bills are taken back as a whole, money in parts, loads and customers not at all. */
const takenBackOf = (fact: Fact, cents: number, wanted: readonly { readonly on: string; readonly share: number }[]) => {
  if (fact === 'shipped' || fact === 'filed') return []
  if (fact !== 'collected') return wanted.slice(0, 1).map(({ on }) => ({ on, cents }))
  let left = cents
  return wanted.flatMap(({ on, share }) => {
    const part = Math.min(left, Math.ceil((cents * share) / 100))
    left -= part
    return part > 0 ? [{ on, cents: part }] : []
  })
}

export const histories = fc.array(happening, { minLength: 1, maxLength: 40 })

/** Each movement by itself, straight from what happened. */
const movementsOf = ({ fact, on, cents, backs }: Happening) => [
  { on, cents, pieces: 1 },
  ...backs.map((back) => ({ on: back.on, cents: -back.cents, pieces: fact === 'collected' ? 0 : -1 })),
]

const FACT: Readonly<Record<Basis, Fact>> = {
  ordered: 'ordered',
  shipped: 'shipped',
  billed: 'billed',
  collected: 'collected',
  order_count: 'ordered',
  customer_count: 'filed',
}
export const BASES = Object.keys(FACT) as readonly Basis[]

type Known = { readonly people: readonly string[]; readonly places: readonly (readonly string[])[] }
type Question = { readonly basis: Basis; readonly kind: Node['kind']; readonly period: Period }

/** What each node and currency has reached: the sum over all movements, one by one. */
export const sumOver = (
  history: readonly Happening[],
  { people, places }: Known,
  { basis, kind, period }: Question,
): Readonly<Record<string, bigint>> => {
  const sums: Record<string, bigint> = {}
  for (const one of history.filter(({ fact }) => fact === FACT[basis])) {
    const isCount = basis.endsWith('_count')
    const nodes = kind === 'person' ? [people[one.owner] ?? ''] : (places[one.place] ?? [])
    for (const { cents, pieces } of movementsOf(one).filter((movement) => inPeriod(movement.on, period))) {
      for (const node of nodes) {
        const key = isCount ? node : `${node} ${one.currency}`
        sums[key] = (sums[key] ?? 0n) + BigInt(isCount ? pieces : cents)
      }
    }
  }
  return sums
}

export const PERIODS: readonly Period[] = [
  ...monthsOf(YEAR),
  `${YEAR}-Q1`,
  `${YEAR}-Q2`,
  `${YEAR}-Q3`,
  `${YEAR}-Q4`,
  YEAR,
]

/** One of each length: whole services take their time to answer. */
export const SOME_PERIODS: readonly Period[] = [`${YEAR}-03`, `${YEAR}-Q1`, YEAR]

type Peers = { readonly orders: ReturnType<typeof ordersOf>; readonly customers: ReturnType<typeof customersOf> }

/** Tells of it as the services would, with all that was taken back. */
export const tellOf = async (
  { orders, customers }: Peers,
  { people, places }: Known,
  one: Happening,
): Promise<void> => {
  const whose = { by: people[one.owner] ?? '', at: places[one.place] ?? [] }
  const money = (cents: number) => formatMoney({ currency: one.currency, minor: BigInt(cents) })
  const movement = { ...whose, on: one.on, net: money(one.cents), currency: one.currency }
  if (one.fact === 'filed') await customers.file(whose, one.on)
  if (one.fact === 'shipped') await orders.ship(movement)
  if (one.fact === 'ordered') {
    const orderId = await orders.confirm(movement)
    for (const { on } of one.backs) await orders.cancel(orderId, on)
  }
  if (one.fact === 'billed') {
    const billId = await orders.bill(movement)
    for (const { on } of one.backs) await orders.cancelBill(billId, on)
  }
  if (one.fact === 'collected') {
    const paid = await orders.collect(movement)
    for (const { on, cents } of one.backs) await orders.takeBack(paid, { ...movement, on, net: money(cents) })
  }
}
