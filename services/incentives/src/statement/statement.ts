import { create } from '@bufbuild/protobuf'
import { moneyMessage } from '@saleswright/contracts'
import {
  CommissionAccruedSchema,
  StatementConfirmedSchema,
  StatementPublishedSchema,
} from '@saleswright/contracts/saleswright/incentives/v1/events_pb.ts'
import {
  type Aggregate,
  type BusinessDate,
  conflict,
  type Decision,
  derivedId,
  forbidden,
  mover,
  type Period,
} from '@saleswright/kernel'

/** Nothing is added to a published statement, and nobody opens it again. */
export const TRANSITIONS = { draft: ['published'], published: ['confirmed'], confirmed: [] } as const
export type Status = keyof typeof TRANSITIONS
const move = mover<Status>('statement', TRANSITIONS)

/** What a person is paid for a period, in the smallest unit of the currency. The person is the owner. */
export type Statement = Aggregate & {
  readonly ownerId: string
  readonly unitId: string
  readonly orgPath: readonly string[]
  readonly period: Period
  readonly currency: string
  readonly status: Status
  readonly basis: bigint
  readonly amount: bigint
  readonly lines: number
  /** The day of the payment that the place of the statement comes from: the latest one. */
  readonly placedOn: BusinessDate
}

/** A line as its statement tells it. */
type Line = {
  readonly id: string
  readonly kind: 'accrual' | 'adjustment' | 'reversal'
  readonly unitId: string
  readonly orgPath: readonly string[]
  readonly orderId: string
  readonly paymentId: string
  readonly allocatedOn: BusinessDate
  readonly basis: bigint
  readonly amount: bigint
  readonly correctsId?: string | undefined
}

type Key = Pick<Statement, 'companyId' | 'ownerId' | 'period' | 'currency'>

export const statementId = ({ companyId, ownerId, period, currency }: Key): string =>
  derivedId('statement', companyId, ownerId, period, currency)

export const openStatement = (key: Key, place: Pick<Line, 'unitId' | 'orgPath'>): Statement => ({
  id: statementId(key),
  version: 0,
  ...key,
  unitId: place.unitId,
  orgPath: place.orgPath,
  status: 'draft',
  basis: 0n,
  amount: 0n,
  lines: 0,
  placedOn: '',
})

const add = (statement: Statement, { basis, amount, unitId, orgPath, allocatedOn }: Line): Statement => ({
  ...statement,
  basis: statement.basis + basis,
  amount: statement.amount + amount,
  lines: statement.lines + 1,
  ...(allocatedOn >= statement.placedOn && { unitId, orgPath, placedOn: allocatedOn }),
})

const money = ({ currency }: Statement, minor: bigint) => moneyMessage({ currency, minor })

export const accrue = (statement: Statement, lines: readonly Line[]): Decision<Statement> => {
  if (statement.status !== 'draft') throw conflict(`statement_is_${statement.status}`)
  const events = lines.map((line) =>
    create(CommissionAccruedSchema, {
      statementId: statement.id,
      commissionLineId: line.id,
      kind: line.kind,
      personId: statement.ownerId,
      unitId: line.unitId,
      orgPath: [...line.orgPath],
      period: statement.period,
      orderId: line.orderId,
      paymentId: line.paymentId,
      allocatedOn: line.allocatedOn,
      basis: money(statement, line.basis),
      amount: money(statement, line.amount),
      ...(line.correctsId !== undefined && { correctsId: line.correctsId }),
    }),
  )
  return { next: lines.reduce(add, statement), events }
}

const told = (statement: Statement) => ({
  statementId: statement.id,
  personId: statement.ownerId,
  period: statement.period,
})

export const publish = (statement: Statement): Decision<Statement> => ({
  next: move(statement, 'published'),
  events: [
    create(StatementPublishedSchema, {
      ...told(statement),
      basis: money(statement, statement.basis),
      amount: money(statement, statement.amount),
    }),
  ],
})

/** By the person whose statement it is, and nobody else. */
export const confirm = (statement: Statement, personId: string): Decision<Statement> => {
  if (personId !== statement.ownerId) throw forbidden('statement_not_yours')
  return { next: move(statement, 'confirmed'), events: [create(StatementConfirmedSchema, told(statement))] }
}
