import { addDays, type BusinessDate } from '@saleswright/kernel'
import { type Good, SCARCE } from './goods.ts'
import type { Buyer } from './market.ts'
import type { Random } from './random.ts'

/** How far an order of the past year has come. */
export type Fate = 'COMPLETED' | 'DELIVERED' | 'SHIPPED' | 'RELEASED' | 'UNPAID' | 'CANCELLED'

export type Item = {
  readonly sku: string
  readonly quantity: number
  /** In whole yuan; absent means the list price. */
  readonly agreed?: number
}

export type Sale = {
  /** Its place in the list of buyers. */
  readonly buyer: number
  readonly items: readonly Item[]
  readonly on: BusinessDate
  readonly fate: Fate
  /** Under the floor of a rep: a manager decides. */
  readonly underFloor: boolean
  /** Won in talks that were written down. */
  readonly wonAfterDays?: number
}

/** What is left open for whoever tries the platform: orders of today, each one step further than the one before. */
export type Errand =
  | 'DRAFT'
  | 'TO_ACKNOWLEDGE'
  | 'TO_PAY'
  | 'TO_CONFIRM_PAYMENT'
  | 'TO_SHIP'
  | 'PRICE_TO_DECIDE'
  | 'HIGHER_PRICE_TO_DECIDE'
  | 'TO_PRODUCE'
export type Task = { readonly buyer: number; readonly items: readonly Item[]; readonly errand: Errand }

type Market = { readonly buyers: readonly Buyer[]; readonly goods: readonly Good[] }
type Year = Market & { readonly firstDay: BusinessDate; readonly lastDay: number }

const MOST_LINES = 4
const UNDER_FLOOR_PERCENT = 1
const AGREED_PERCENT = 15

/** Under the floor of a rep, or above the list: the manager's to decide. */
type Unusual = 'UNDER_FLOOR' | 'ABOVE_LIST'
/** A rep may go down to 90 % of the list. */
const UNUSUAL = { UNDER_FLOOR: 0.86, ABOVE_LIST: 1.05 } as const satisfies Record<Unusual, number>

const makeItems = (random: Random, goods: readonly Good[], unusual?: Unusual): readonly Item[] => {
  const chosen = new Set(Array.from({ length: random.between(1, MOST_LINES) }, () => random.pick(goods)))
  return [...chosen].map(({ sku, price }, index) => {
    const item = { sku, quantity: random.between(1, price > 5_000 ? 4 : 20) }
    if (unusual && index === 0) return { ...item, agreed: Math.floor(price * UNUSUAL[unusual]) }
    return random.percent(AGREED_PERCENT) ? { ...item, agreed: Math.ceil(price * 0.96) } : item
  })
}

const fateOf = (random: Random, daysAgo: number): Fate => {
  if (random.percent(3)) return 'CANCELLED'
  if (random.percent(3)) return 'UNPAID'
  if (daysAgo > 30) return 'COMPLETED'
  return random.pick(['COMPLETED', 'COMPLETED', 'DELIVERED', 'SHIPPED', 'RELEASED'])
}

/** The orders of the past year, oldest first; customers come in the first two months. */
export const makeSales = (random: Random, count: number, year: Year): readonly Sale[] => {
  const { buyers, goods, firstDay, lastDay } = year
  const direct = buyers.flatMap(({ distributor }, index) => (distributor ? [] : [index]))
  return Array.from({ length: count }, (_, index) => {
    const day = 62 + Math.floor(((lastDay - 62) * index) / count)
    const underFloor = random.percent(UNDER_FLOOR_PERCENT)
    return {
      buyer: random.pick(direct),
      items: makeItems(random, goods, underFloor ? 'UNDER_FLOOR' : undefined),
      on: addDays(firstDay, day),
      fate: fateOf(random, lastDay - day),
      underFloor,
      ...(random.percent(30) && { wonAfterDays: random.between(5, 60) }),
    }
  })
}

const ERRANDS: readonly Errand[] = [
  'PRICE_TO_DECIDE',
  'TO_SHIP',
  'TO_CONFIRM_PAYMENT',
  'TO_PAY',
  'TO_ACKNOWLEDGE',
  'DRAFT',
  'HIGHER_PRICE_TO_DECIDE',
  'TO_PRODUCE',
]

const UNUSUAL_OF: ReadonlyMap<Errand, Unusual> = new Map([
  ['PRICE_TO_DECIDE', 'UNDER_FLOOR'],
  ['HIGHER_PRICE_TO_DECIDE', 'ABOVE_LIST'],
])

export const makeTasks = (random: Random, count: number, { buyers, goods }: Market): readonly Task[] => {
  const direct = buyers.flatMap(({ distributor }, index) => (distributor ? [] : [index]))
  return Array.from({ length: count }, (_, index) => {
    const errand = ERRANDS[index % ERRANDS.length] ?? 'DRAFT'
    const items = makeItems(random, goods, UNUSUAL_OF.get(errand))
    const wanted = errand === 'TO_PRODUCE' ? [{ sku: SCARCE.sku, quantity: random.between(3, 6) }] : items
    return { errand, buyer: random.pick(direct), items: wanted }
  })
}
