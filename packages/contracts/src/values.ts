import { create } from '@bufbuild/protobuf'
import { type Timestamp, timestampDate, timestampFromDate } from '@bufbuild/protobuf/wkt'
import {
  type Aggregate,
  formatMoney,
  formatUnitPrice,
  type Money,
  type OwnedPlace,
  parseMoney,
  parseSum,
  parseUnitPrice,
  type UnitPrice,
} from '@saleswright/kernel'
import {
  type Money as MoneyMessage,
  MoneySchema,
  type UnitPrice as UnitPriceMessage,
  UnitPriceSchema,
} from '../gen/saleswright/api/v1/money_pb.ts'

export const moneyMessage = (money: Money): MoneyMessage =>
  create(MoneySchema, { currencyCode: money.currency, amount: formatMoney(money) })

type Written = Pick<MoneyMessage, 'currencyCode' | 'amount'>

/** An amount of a request. Refuses what is no amount of its currency: `bad_amount`, `bad_currency`. */
export const readMoney = ({ currencyCode, amount }: Written): Money => parseMoney(currencyCode, amount)

/** An amount of an event or an answer, which may be a sum of many amounts and so have more digits than a request may. */
export const readSum = ({ currencyCode, amount }: Written): Money => parseSum(currencyCode, amount)

export const unitPriceMessage = (price: UnitPrice): UnitPriceMessage =>
  create(UnitPriceSchema, { currencyCode: price.currency, amount: formatUnitPrice(price) })

/** Refuses what is no price: `bad_unit_price`, `bad_currency`. */
export const readUnitPrice = ({ currencyCode, amount }: Written): UnitPrice => parseUnitPrice(currencyCode, amount)

export const instant = (date: Date): Timestamp => timestampFromDate(date)

/** To milliseconds; absent stays absent. */
export function dateOf(timestamp: Timestamp): Date
export function dateOf(timestamp: Timestamp | undefined): Date | undefined
export function dateOf(timestamp: Timestamp | undefined): Date | undefined {
  return timestamp && timestampDate(timestamp)
}

/** Whose a record is at this moment, as events tell it. */
export const placeMessage = ({ ownerId, unitId, orgPath, partnerId }: OwnedPlace & Pick<Aggregate, 'partnerId'>) => ({
  ownerId,
  unitId,
  orgPath: [...orgPath],
  ...(partnerId !== undefined && { partnerId }),
})
