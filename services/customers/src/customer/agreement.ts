import { create } from '@bufbuild/protobuf'
import { PartnerAgreementsSetSchema } from '@saleswright/contracts/saleswright/customers/v1/events_pb.ts'
import { type BusinessDate, conflict, covers, type DateSpan, type Decision, invalid } from '@saleswright/kernel'
import { type ChannelTier, type Customer, update } from './customer.ts'

export type OrderIntake = 'sales_confirms' | 'automatic'

/** With a channel partner (decision 47): active from a day on, and on `until` no longer. */
export type PartnerAgreement = DateSpan & { readonly tier: ChannelTier; readonly orderIntake: OrderIntake }

export const agreementOn = (
  { agreements = [] }: Pick<Customer, 'agreements'>,
  date: BusinessDate,
): PartnerAgreement | undefined => agreements.find((agreement) => covers(agreement, date))

const withAgreements = (
  { next, events }: Decision<Customer>,
  agreements: readonly PartnerAgreement[],
): Decision<Customer> => {
  const event = create(PartnerAgreementsSetSchema, {
    customerId: next.id,
    agreements: agreements.map(({ tier, orderIntake, from, until }) => ({
      tier,
      orderIntake,
      activeFrom: from,
      ...(until !== undefined && { activeUntil: until }),
    })),
  })
  return { next: { ...next, agreements }, events: [...events, event] }
}

const endedAt = (agreement: PartnerAgreement, on: BusinessDate): PartnerAgreement => ({ ...agreement, until: on })

/** Ends the one that is active on its first day; what was agreed for later days has to be ended before. Makes the customer a partner. */
export const agree = (customer: Customer, agreement: PartnerAgreement): Decision<Customer> => {
  const { from, until, tier } = agreement
  if (until !== undefined && until <= from) {
    const violation = { field: 'activeUntil', rule: 'span_is_empty', message: `must be after ${from}` }
    throw invalid('span_is_empty', { from, until }, [violation])
  }
  const known = customer.agreements ?? []
  const later = known.find((one) => one.from >= from && (until === undefined || one.from < until))
  if (later) {
    if (sameAgreement(later, agreement)) return { next: customer, events: [] }
    throw conflict('agreement_overlaps', { from: later.from })
  }
  const before = known.map((one) => (covers(one, from) ? endedAt(one, from) : one))
  const agreements = [...before, agreement].toSorted((a, b) => (a.from < b.from ? -1 : 1))
  return withAgreements(update(customer, { channelTier: tier }), agreements)
}

const sameAgreement = (left: PartnerAgreement, right: PartnerAgreement): boolean =>
  left.from === right.from &&
  left.until === right.until &&
  left.tier === right.tier &&
  left.orderIntake === right.orderIntake

/** From the day on none is active: the one of that day ends, and what was agreed for later days never begins. */
export const endAgreement = (customer: Customer, on: BusinessDate): Decision<Customer> => {
  const known = customer.agreements ?? []
  const kept = known
    .filter(({ from }) => from < on)
    .map((one) => (one.until === undefined || one.until > on ? endedAt(one, on) : one))
  const same = kept.length === known.length && kept.every((one, index) => one === known[index])
  if (!same) return withAgreements({ next: customer, events: [] }, kept)
  if (!known.some(({ until }) => until === on)) throw conflict('agreement_not_active', { on })
  return { next: customer, events: [] }
}
