import { addDays, type BusinessDate } from '@saleswright/kernel'
import { type Good, makeGoods } from './goods.ts'
import { type Buyer, type Deal, makeBuyers, makeDeals, makeProspects, type Prospect } from './market.ts'
import { randomFrom } from './random.ts'
import { makeSales, makeTasks, type Sale, type Task } from './trade.ts'

/** Everything that the demo company is made of, before any of it is told to the platform. */
export type Plan = {
  /** From when on people, prices and plans hold: the beginning of the year in which the orders begin. */
  readonly since: BusinessDate
  readonly firstDay: BusinessDate
  readonly today: BusinessDate
  readonly goods: readonly Good[]
  readonly buyers: readonly Buyer[]
  readonly prospects: readonly Prospect[]
  readonly deals: readonly Deal[]
  readonly sales: readonly Sale[]
  readonly tasks: readonly Task[]
}

const SEED = 20_170_301
const DAYS_OF_HISTORY = 365
/** What is younger may be entered by anybody; the past ends before. */
const LAST_DAY = DAYS_OF_HISTORY - 4

const within = (low: number, high: number, number: number): number => Math.min(high, Math.max(low, Math.round(number)))

/** The same for the same day and number of orders; a smaller company where there are fewer orders. */
export const makePlan = (today: BusinessDate, orders: number): Plan => {
  const firstDay = addDays(today, -DAYS_OF_HISTORY)
  const goods = makeGoods(randomFrom(SEED), within(6, 60, orders / 10))
  const buyers = makeBuyers(randomFrom(SEED + 1), within(12, 200, orders / 3), firstDay)
  const year = { goods, buyers, firstDay, lastDay: LAST_DAY }
  const tasks = within(0, 24, orders / 3)
  return {
    since: `${firstDay.slice(0, 4)}-01-01`,
    firstDay,
    today,
    goods,
    buyers,
    prospects: makeProspects(randomFrom(SEED + 2), within(0, 150, orders / 4), year),
    deals: makeDeals(randomFrom(SEED + 3), within(0, 250, orders / 3), year),
    sales: makeSales(randomFrom(SEED + 4), orders - tasks, year),
    tasks: makeTasks(randomFrom(SEED + 5), tasks, year),
  }
}
