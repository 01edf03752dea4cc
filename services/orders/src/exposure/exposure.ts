import { create } from '@bufbuild/protobuf'
import { moneyMessage } from '@saleswright/contracts'
import { ExposureChangedSchema } from '@saleswright/contracts/saleswright/orders/v1/events_pb.ts'
import { type Aggregate, AppError, type Decision, formatMoney, type Money, zero } from '@saleswright/kernel'

/**
 * What a customer on credit owes and has ordered: open receivables + unbilled orders − money that lies with us unallocated.
 * A bill opens in the transaction of its shipment, so nothing is ever shipped and unbilled, and shipping changes no total.
 */
export type Exposure = Aggregate & { readonly customerId: string; readonly amount: Money }

/** Why it changed; `limit_lowered` changes nothing and tells that the exposure lies above its limit (R241). */
export type ExposureCause = 'order_confirmed' | 'order_cancelled' | 'payment' | 'refund' | 'write_off' | 'limit_lowered'

export const emptyExposure = (
  facts: Pick<Exposure, 'id' | 'companyId' | 'customerId'>,
  currency: string,
): Exposure => ({
  ...facts,
  version: 0,
  amount: zero(currency),
})

type Change = { readonly change: bigint; readonly cause: ExposureCause; readonly orderId?: string }

export const changeExposure = (exposure: Exposure, { change, cause, orderId = '' }: Change): Decision<Exposure> => {
  const amount = { ...exposure.amount, minor: exposure.amount.minor + change }
  const event = create(ExposureChangedSchema, {
    customerId: exposure.customerId,
    orderId,
    change: moneyMessage({ ...amount, minor: change }),
    exposure: moneyMessage(amount),
    cause,
  })
  return { next: { ...exposure, amount }, events: [event] }
}

/** R240, R241: whether so much more fits under a limit. No limit, or one in another currency, is none. */
export const fits = ({ amount }: Exposure, more: bigint, limit: Money | undefined): boolean =>
  limit !== undefined && limit.currency === amount.currency && amount.minor + more <= limit.minor

export const limitExceeded = ({ amount, customerId }: Exposure, more: bigint, limit: Money | undefined): AppError =>
  new AppError('conflict', 'credit_limit_exceeded', {
    customerId,
    limit: formatMoney(limit?.currency === amount.currency ? limit : zero(amount.currency)),
    exposure: formatMoney(amount),
    more: formatMoney({ ...amount, minor: more }),
  })
