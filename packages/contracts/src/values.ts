import { create } from '@bufbuild/protobuf'
import { type Timestamp, timestampDate, timestampFromDate } from '@bufbuild/protobuf/wkt'
import { formatMoney, type Money, parseMoney } from '@saleswright/kernel'
import { type Money as MoneyMessage, MoneySchema } from '../gen/saleswright/api/v1/money_pb.ts'

export const moneyMessage = (money: Money): MoneyMessage =>
  create(MoneySchema, { currencyCode: money.currency, amount: formatMoney(money) })

/** Refuses what is no amount of its currency: `bad_amount`, `bad_currency`. */
export const readMoney = ({ currencyCode, amount }: Pick<MoneyMessage, 'currencyCode' | 'amount'>): Money =>
  parseMoney(currencyCode, amount)

export const instant = (date: Date): Timestamp => timestampFromDate(date)

/** To milliseconds; absent stays absent. */
export function dateOf(timestamp: Timestamp): Date
export function dateOf(timestamp: Timestamp | undefined): Date | undefined
export function dateOf(timestamp: Timestamp | undefined): Date | undefined {
  return timestamp && timestampDate(timestamp)
}
