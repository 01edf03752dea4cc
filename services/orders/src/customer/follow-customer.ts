import type { EventContext } from '@saleswright/bus'
import { readSum } from '@saleswright/contracts'
import type {
  CreditLimitSet,
  CustomerChanged,
  CustomerHandedOver,
  PartnerAgreementsSet,
} from '@saleswright/contracts/saleswright/customers/v1/events_pb.ts'
import { placeOf, todayIn } from '@saleswright/directory'
import { companyScope } from '@saleswright/kernel'
import type { Desk } from '../desk.ts'
import { exposureOf } from '../exposure/expose.ts'
import { changeExposure, fits } from '../exposure/exposure.ts'
import { moveOpenDocuments } from '../order/move-open-documents.ts'
import { type Customer, creditOn } from './customer.ts'

/** Keeps the copy of a customer file; what it has seen already is passed over. */
export const copyCustomer = async (
  desk: Desk,
  event: CustomerChanged,
  { envelope, tx }: EventContext,
): Promise<void> => {
  const { companyId, aggregateVersion: seen } = envelope
  const known = await tx.find(desk.customerCopies, companyScope(companyId), event.customerId)
  if (known && known.seen >= seen) return
  const { ownerId, channelTier } = event
  tx.put(desk.customerCopies, {
    ...(known ?? { id: event.customerId, version: 0, companyId, agreements: [] }),
    ownerId,
    inChannel: channelTier !== undefined && channelTier !== '',
    isStore: channelTier === 'retailer',
    seen,
  })
}

/** Decision 47: whether and how the partner's programs may order from now on. */
export const followAgreements = async (
  desk: Desk,
  event: PartnerAgreementsSet,
  { envelope, tx }: EventContext,
): Promise<void> => {
  const { companyId, aggregateVersion: seen } = envelope
  const copy = await tx.find(desk.customerCopies, companyScope(companyId), event.customerId)
  if (!copy || copy.seen >= seen) return
  const agreements = event.agreements.map(({ orderIntake, activeFrom: from, activeUntil: until }) => ({
    from,
    intake: orderIntake === 'automatic' ? ('automatic' as const) : ('sales_confirms' as const),
    ...(until !== undefined && { until }),
  }))
  tx.put(desk.customerCopies, { ...copy, seen, agreements })
}

/** R240, R241: a new limit; who stands above it from now on is told of. */
export const followLimit = async (desk: Desk, event: CreditLimitSet, { envelope, tx }: EventContext): Promise<void> => {
  const { companyId, aggregateVersion: seen, recordedAt } = envelope
  const copy = await tx.find(desk.customerCopies, companyScope(companyId), event.customerId)
  if (!copy || copy.seen >= seen || !event.limit) return
  const limit = readSum(event.limit)
  const { validFrom: from, validUntil: until } = event
  const next: Customer = { ...copy, seen, credit: { from, limit, ...(until && { until }) } }
  tx.put(desk.customerCopies, next)
  const today = await todayIn(desk.directory, companyId, recordedAt)
  // A limit that moved to another currency leaves none in the old one.
  for (const currency of new Set([copy.credit?.limit.currency ?? limit.currency, limit.currency])) {
    const exposure = await exposureOf(desk, tx, { companyId, customerId: event.customerId, currency })
    if (exposure.amount.minor <= 0n || fits(exposure, 0n, creditOn(next, today))) continue
    tx.save(desk.exposures, changeExposure(exposure, { change: 0n, cause: 'limit_lowered' }))
  }
}

/** Its open orders and open receivables go to the new owner, whoever had them; what is closed keeps its own (R137). */
export const followHandover = async (
  desk: Desk,
  { customerId, toPersonId }: CustomerHandedOver,
  { envelope, tx }: EventContext,
): Promise<void> => {
  const { companyId, recordedAt } = envelope
  const date = await todayIn(desk.directory, companyId, recordedAt)
  const place = await placeOf(desk.directory, companyId, toPersonId, date)
  await moveOpenDocuments(desk, tx, {
    companyId,
    filter: { customerId },
    place: () => place,
    date,
  })
}
