import { addDays, type BusinessDate, companyScope, kindOf, lastDay, type Period, periodOf } from '@saleswright/kernel'
import type { Tx } from '@saleswright/store'
import type { Desk } from '../desk.ts'
import { openStatement, type Statement, statementId } from '../statement/statement.ts'

type Key = Pick<Statement, 'companyId' | 'ownerId' | 'period' | 'currency'>
type Placed = {
  readonly on: BusinessDate
  readonly allocation: Pick<Statement, 'unitId' | 'orgPath'>
}

const following = (period: Period): Period => periodOf(addDays(lastDay(period), 1), kindOf(period))
const later = (one: Period, other: Period): Period => (one > other ? one : other)

/**
 * The statement that a change goes into: that of its own period while it is a draft; afterwards the first one that is not closed,
 * from the period of the day on which the change happened.
 */
export const payingStatement = async (
  { statements }: Desk,
  tx: Tx,
  key: Key,
  { on, allocation }: Placed,
): Promise<Statement> => {
  let period = key.period
  for (;;) {
    const id = statementId({ ...key, period })
    const statement = await tx.find(statements, companyScope(key.companyId), id)
    if (!statement) return openStatement({ ...key, period }, allocation)
    if (statement.status === 'draft') return statement
    period = later(following(period), periodOf(on, kindOf(period)))
  }
}
