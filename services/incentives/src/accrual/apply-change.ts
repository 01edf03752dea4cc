import { type BusinessDate, companyScope, type Period } from '@saleswright/kernel'
import type { Tx } from '@saleswright/store'
import {
  type Allocation,
  accrualId,
  type CommissionLine,
  correctionId,
  type Kind,
} from '../commission-line/commission-line.ts'
import { bookId, newBook, type PlanBook, termOn } from '../commission-plan/plan-book.ts'
import type { Desk } from '../desk.ts'
import { type Told, tell } from '../rating/tell.ts'
import { accrue, type Statement } from '../statement/statement.ts'
import { type Earnings, earningsId, newEarnings } from './earnings.ts'
import { payingStatement } from './paying-statement.ts'

/** Something collected, or taken back. */
type BasisChange = {
  readonly kind: Exclude<Kind, 'adjustment'>
  /** Whose and what for; its own basis and version are no part of it. */
  readonly allocation: Omit<Allocation, 'id' | 'version' | 'basis'>
  readonly allocationId: string
  readonly lineId: string
  /** Names what caused this: the lines that follow from it have ids of their own by it. */
  readonly causeId: string
  /** Signed, in the smallest unit. */
  readonly by: bigint
  readonly on: BusinessDate
  readonly earnedPeriod: Period
}

/** Puts a change among the earnings of its person and period, and tells what it changes to the statement that pays it. */
export const applyChange = async (desk: Desk, tx: Tx, change: BasisChange): Promise<void> => {
  const { allocation, earnedPeriod } = change
  const { companyId, ownerId, currency } = allocation
  const key = { companyId, ownerId, currency, period: earnedPeriod }
  const all = companyScope(companyId)
  const earnings = (await tx.find(desk.earnings, all, earningsId(key))) ?? newEarnings(key)
  const book = (await tx.find(desk.books, all, bookId(companyId))) ?? newBook(companyId)
  const { next, told } = tell(earnings.entries, entryOf(change), (on) => termOn(book, currency, on)?.tiers ?? [])
  const statement = await payingStatement(desk, tx, key, change)
  const lines: CommissionLine[] = []
  for (const each of told) lines.push(lineOf(await firstLine(desk, tx, change, each), each, { statement, book, tx }))
  tx.put(desk.earnings, { ...earnings, entries: next } satisfies Earnings)
  tx.save(desk.statements, accrue(statement, lines))
  for (const line of lines) tx.put(desk.lines, line)
}

const entryOf = ({ allocation, allocationId, by }: BasisChange) => ({
  on: allocation.allocatedOn,
  paymentNo: allocation.paymentNo,
  allocationId,
  basis: by,
})

type Header = Omit<
  CommissionLine,
  'version' | 'statementId' | 'period' | 'planId' | 'basis' | 'amount' | 'shares' | 'accruedAt'
>

/** What a line says of its payment: the change knows its own, of those that it moved their first lines do. */
const firstLine = async ({ lines }: Desk, tx: Tx, change: BasisChange, told: Told): Promise<Header> => {
  const { kind, allocation, allocationId, lineId, causeId, earnedPeriod } = change
  const first = accrualId(told.allocationId)
  if (told.allocationId !== allocationId) {
    const line = await tx.get(lines, companyScope(allocation.companyId), first)
    return { ...line, id: correctionId(causeId, told.allocationId), kind: 'adjustment', correctsId: first }
  }
  return { ...allocation, id: lineId, kind, allocationId, earnedPeriod, ...(lineId !== first && { correctsId: first }) }
}

type Surroundings = { readonly statement: Statement; readonly book: PlanBook; readonly tx: Tx }

const lineOf = (header: Header, { basis, amount, shares }: Told, around: Surroundings): CommissionLine => ({
  ...header,
  version: 0,
  statementId: around.statement.id,
  period: around.statement.period,
  planId: termOn(around.book, header.currency, header.allocatedOn)?.planId ?? '',
  basis,
  amount,
  shares,
  accruedAt: around.tx.at,
})
