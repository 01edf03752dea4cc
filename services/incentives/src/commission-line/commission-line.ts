import { type Aggregate, type BusinessDate, derivedId, type Period } from '@saleswright/kernel'

/** An allocation of a payment as orders told it. The person is the owner, at the place of the day. */
export type Allocation = Aggregate & {
  readonly ownerId: string
  readonly unitId: string
  readonly orgPath: readonly string[]
  readonly orderId: string
  readonly orderNo: string
  readonly paymentId: string
  readonly paymentNo: string
  readonly allocatedOn: BusinessDate
  readonly currency: string
  /** Net of tax, in the smallest unit; what was taken back is not in it. */
  readonly basis: bigint
}

export type Kind = 'accrual' | 'adjustment' | 'reversal'

/** What an allocation earned, or by how much that changed. It is written once. Amounts in the smallest unit, rates in millionths. */
export type CommissionLine = Omit<Allocation, 'basis'> & {
  readonly kind: Kind
  readonly allocationId: string
  readonly statementId: string
  /** Of the statement that pays it. */
  readonly period: Period
  /** In which it was earned: an earlier one when its statement was closed before this became known. */
  readonly earnedPeriod: Period
  readonly planId: string
  readonly basis: bigint
  readonly amount: bigint
  readonly shares: readonly { readonly rate: bigint; readonly basis: bigint; readonly amount: bigint }[]
  readonly correctsId?: string | undefined
  readonly accruedAt: Date
}

/** The first line of an allocation; what corrects it names it. */
export const accrualId = (allocationId: string): string => derivedId('accrual', allocationId)

/** The same for the same cause and allocation. */
export const correctionId = (causeId: string, allocationId: string): string =>
  derivedId('correction', causeId, allocationId)
