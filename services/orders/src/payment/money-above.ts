import { readMoney } from '@saleswright/contracts'
import type { Money as MoneyMessage } from '@saleswright/contracts/saleswright/api/v1/money_pb.ts'
import { formatMoney, invalid, type Money } from '@saleswright/kernel'
import { needed } from '../needed.ts'

/** The amount of a field, which is above zero. */
export const moneyAbove = (given: MoneyMessage | undefined, field: string): Money => {
  const money = readMoney(needed(given, field))
  if (money.minor > 0n) return money
  const violation = { field, rule: 'amount_not_positive', message: 'must be above zero' }
  throw invalid('amount_not_positive', { amount: formatMoney(money) }, [violation])
}
