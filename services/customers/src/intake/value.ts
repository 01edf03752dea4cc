import { readMoney } from '@saleswright/contracts'
import type { Money as MoneyMessage } from '@saleswright/contracts/saleswright/api/v1/money_pb.ts'
import { invalid, type Money } from '@saleswright/kernel'

/** What something is worth: zero or more. */
export const valueIn = (field: string, told: MoneyMessage): Money => {
  const money = readMoney(told)
  if (money.minor >= 0n) return money
  throw invalid('invalid_request', {}, [
    { field: `${field}.amount`, rule: 'int32.gte', message: 'must be greater than or equal to 0' },
  ])
}
