import { AppError, addDays, type BusinessDate, type Decision, formatQuantity } from '@saleswright/kernel'
import type { Tx } from '@saleswright/store'
import type { Desk } from '../desk.ts'
import { PARTNER_AVAILABILITY, PARTNER_FEW_LEFT, PRODUCTION_DAYS } from '../policy/policies.ts'
import type { StockOf } from '../stock-item/move-stock.ts'
import { type Band, bandOf, type Shown, shownStock } from '../stock-item/shown-stock.ts'
import { available } from '../stock-item/stock-item.ts'
import { type Allotted, allot, isShort } from './allot.ts'
import { backOrder } from './back-order.ts'
import type { OnShortage, Order } from './order.ts'
import { reduce } from './reduce.ts'

type Room = { readonly desk: Desk; readonly tx: Tx }
type Settling = { readonly stock: StockOf; readonly choice: OnShortage; readonly date: BusinessDate }

/** Decision 53: what becomes of an order of which not everything is there. */
export const settleShortage = async (
  room: Room,
  order: Order,
  { stock, choice, date }: Settling,
): Promise<Decision<Order>> => {
  const { desk, tx } = room
  const availableOf = (sku: string) => {
    const item = stock.get(sku)
    return item && available(item)
  }
  const allotted = allot(order.lines, availableOf)
  if (!allotted.some(isShort)) return { next: order, events: [] }
  if (choice === 'backorder') {
    const days = await desk.policies.value(order.companyId, PRODUCTION_DAYS, date)
    return backOrder(order, allotted, { promisedOn: addDays(date, days), date })
  }
  const shown = await shownStock(desk, tx.cause.actor, date)
  const reduced =
    choice === 'partial' ? reduce(order, allotted, { whole: await isWhole(desk, order, shown, date), date }) : undefined
  if (reduced) return reduced
  const few = await desk.policies.value(order.companyId, PARTNER_FEW_LEFT, date)
  throw stockShort(allotted, availableOf, { shown, few })
}

/** What is left of a partner's order is seen by the partner, whoever confirms it. */
const isWhole = async ({ policies }: Desk, { companyId, byPartner }: Order, shown: Shown, date: BusinessDate) =>
  shown !== 'exact' || (byPartner && (await policies.value(companyId, PARTNER_AVAILABILITY, date)) !== 'exact')

type Showing = { readonly shown: Shown; readonly few: number }

/** Names the first product that is short, and each short line with what is there, as far as the caller is shown it. */
const stockShort = (
  allotted: readonly Allotted[],
  availableOf: (sku: string) => ReturnType<typeof available> | undefined,
  { shown, few }: Showing,
): AppError => {
  const sku = allotted.find(isShort)?.line.sku ?? ''
  const wanted = allotted.reduce((all, { line }) => (line.sku === sku ? all + line.quantity.thousandths : all), 0n)
  const there = availableOf(sku) ?? { thousandths: 0n }
  const params = {
    sku,
    wanted: formatQuantity({ thousandths: wanted }),
    ...(shown === 'exact' && { available: formatQuantity(there) }),
  }
  const violations = allotted.flatMap((one, index) =>
    isShort(one)
      ? [{ field: `lines[${index}].quantity`, ...faultOf(one, availableOf(one.line.sku), { shown, few }) }]
      : [],
  )
  return new AppError('conflict', 'stock_short', params, { violations })
}

const BANDED = { out: 'stock_out', few: 'stock_few', there: 'stock_less' } as const satisfies Record<Band, string>

const faultOf = ({ there }: Allotted, free: ReturnType<typeof available> | undefined, { shown, few }: Showing) => {
  if (shown === 'exact') return { rule: 'stock_left', message: formatQuantity(there) }
  if (shown === 'hidden') return { rule: 'stock_less', message: 'is more than is there' }
  return { rule: BANDED[bandOf(free ?? { thousandths: 0n }, few)], message: 'is more than is there' }
}
