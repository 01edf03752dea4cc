import { create } from '@bufbuild/protobuf'
import { moneyMessage } from '@saleswright/contracts'
import {
  CreditLimitSetSchema,
  CustomerChangedSchema,
  CustomerHandedOverSchema,
  CustomerHandoverAcceptedSchema,
} from '@saleswright/contracts/saleswright/customers/v1/events_pb.ts'
import {
  type Aggregate,
  type BusinessDate,
  conflict,
  covers,
  type DateSpan,
  type Decision,
  type ExternalRef,
  forbidden,
  isAt,
  type Money,
  mover,
} from '@saleswright/kernel'

/** Where a customer may go from where it stands; by hand, but for the first sale, which makes a customer active. */
export const TRANSITIONS = {
  potential: ['active', 'lapsed'],
  active: ['at_risk', 'lapsed'],
  at_risk: ['active', 'lapsed'],
  lapsed: ['recalled'],
  recalled: ['active', 'lapsed'],
} as const

export type Status = keyof typeof TRANSITIONS
export type Grade = 'ordinary' | 'key' | 'large'
export type ChannelTier = 'distributor' | 'agent' | 'retailer'
const move = mover<Status>('customer', TRANSITIONS)

/** What may be told of a customer beside its name. */
type Profile = {
  readonly channelTier?: ChannelTier | undefined
  readonly parentId?: string | undefined
  readonly sector?: string | undefined
  readonly region?: string | undefined
  readonly yearEstablished?: number | undefined
  readonly employees?: number | undefined
  readonly annualRevenue?: Money | undefined
  /** 统一社会信用代码 */
  readonly creditCode?: string | undefined
}

/** In force from a day on, and on `until` no longer. */
export type CreditLimit = Required<DateSpan> & { readonly amount: Money }

type Agreement = DateSpan & { readonly tier: ChannelTier; readonly orderIntake: 'sales_confirms' | 'automatic' }

/** To the owner of now. */
type Handover = {
  readonly fromPersonId: string
  readonly reason: string
  readonly on: BusinessDate
  readonly acceptedOn?: BusinessDate | undefined
}

/** Whose it is, and where that person sits. */
type Place = Required<Pick<Aggregate, 'ownerId' | 'unitId' | 'orgPath'>>

export type Customer = Aggregate &
  Place &
  Profile & {
    readonly origin: 'entered' | 'migrated'
    readonly recordedFor?: string | undefined
    readonly externalRef?: ExternalRef | undefined
    readonly name: string
    readonly status: Status
    readonly grade: Grade
    readonly businessDate: BusinessDate
    readonly createdAt: Date
    /** Absent where the customer prepays. */
    readonly credit?: CreditLimit | undefined
    /** Approved, and beginning later: until then the one in force stays. */
    readonly nextCredit?: CreditLimit | undefined
    /** With a channel partner; dated, and never two on a day. */
    readonly agreements?: readonly Agreement[] | undefined
    readonly handover?: Handover | undefined
  }

/** What a new file has before it says anything of its own. */
type New = Pick<Customer, keyof Aggregate | 'origin' | 'recordedFor' | 'externalRef' | 'businessDate'>

type Named = Profile & { readonly name: string; readonly grade: Grade }

/** A channel partner sees its own file by its own id (decisions 6), and no longer when it is none any more. */
const withPartner = ({ partnerId, ...customer }: Customer): Customer =>
  customer.channelTier ? { ...customer, partnerId: partnerId ?? customer.id } : customer

const changed = (customer: Customer) =>
  create(CustomerChangedSchema, {
    ...customer,
    customerId: customer.id,
    parentCustomerId: customer.parentId,
    orgPath: [...customer.orgPath],
  })

export const open = (intake: New, named: Named, at: Date): Decision<Customer> => {
  const next = withPartner({ ...intake, ...named, status: 'potential', createdAt: at })
  return { next, events: [changed(next)] }
}

export const become = (customer: Customer, status: Status): Decision<Customer> => {
  const next = move(customer, status)
  return { next, events: [changed(next)] }
}

/**
 * Refuses a company that is on file. Others of its name are other companies only where each has a credit code of its own: one without
 * might be any of them. The answer does not tell whose the other one is (R69, R103).
 */
export const expectNew = ({ id, creditCode }: Customer, sameName: readonly Customer[]): void => {
  const known = sameName.some(
    (other) =>
      other.id !== id &&
      (creditCode === undefined || other.creditCode === undefined || other.creditCode === creditCode),
  )
  if (known) throw conflict('customer_exists')
}

/** What is told of a customer; null where something is no longer so. */
type Changes = { readonly [F in keyof Profile]: Profile[F] | null } & {
  readonly name?: string | undefined
  readonly grade?: Grade | undefined
  readonly status?: Status | undefined
}

/** Takes over what is told; what is not told, or is so already, stays. */
export const update = (customer: Customer, { status, ...facts }: Changes): Decision<Customer> => {
  if (facts.parentId === customer.id) throw conflict('customer_cycle', { parentId: customer.id })
  const told = Object.fromEntries(
    Object.entries(facts).flatMap(([fact, value]) => (value === undefined ? [] : [[fact, value ?? undefined]])),
  )
  const moved = status === undefined || status === customer.status ? customer : become(customer, status).next
  const next = withPartner({ ...moved, ...told })
  return { next, events: sameFacts(customer, next) ? [] : [changed(next)] }
}

const FACTS = [
  'name',
  'status',
  'grade',
  'channelTier',
  'parentId',
  'sector',
  'region',
  'yearEstablished',
  'employees',
  'creditCode',
] as const

const sameFacts = (before: Customer, after: Customer): boolean =>
  FACTS.every((fact) => before[fact] === after[fact]) &&
  before.annualRevenue?.minor === after.annualRevenue?.minor &&
  before.annualRevenue?.currency === after.annualRevenue?.currency

/** To somebody else, or along with an owner who sits elsewhere by now; with a reason on record (R137). */
export const handOver = (
  customer: Customer,
  place: Place,
  { reason, on }: Pick<Handover, 'reason' | 'on'>,
): Decision<Customer> => {
  if (isAt(customer, place)) throw conflict('handover_to_owner', { personId: place.ownerId })
  const isToAnother = place.ownerId !== customer.ownerId
  const handover = isToAnother ? { fromPersonId: customer.ownerId, reason, on } : customer.handover
  const next = { ...customer, ...place, handover }
  const told = { customerId: customer.id, fromPersonId: customer.ownerId, toPersonId: place.ownerId, reason }
  return { next, events: [create(CustomerHandedOverSchema, told), changed(next)] }
}

/** The new owner, and nobody for them, says that they have taken the customer over (R137). */
export const acceptHandover = (customer: Customer, personId: string, on: BusinessDate): Decision<Customer> => {
  const { id, ownerId, handover } = customer
  if (ownerId !== personId) throw forbidden('handover_not_yours')
  if (!handover) throw conflict('no_handover')
  if (handover.acceptedOn !== undefined) return { next: customer, events: [] }
  const next = { ...customer, handover: { ...handover, acceptedOn: on } }
  return { next, events: [create(CustomerHandoverAcceptedSchema, { customerId: id, personId, on })] }
}

/** Who has bought is a customer indeed; by hand a status goes its own ways. */
export const firstSale = (customer: Customer): Decision<Customer> =>
  customer.status === 'potential' ? become(customer, 'active') : { next: customer, events: [] }

const limitSet = (customer: Customer, credit: CreditLimit) =>
  create(CreditLimitSetSchema, {
    customerId: customer.id,
    limit: moneyMessage(credit.amount),
    validFrom: credit.from,
    validUntil: credit.until,
  })

/**
 * An approved limit. One that is over already changes nothing; one that begins later waits behind the one in force, and is told when
 * it begins. What is decided later counts: a limit that was to begin within the new one is gone.
 */
export const setCredit = (customer: Customer, credit: CreditLimit, today: BusinessDate): Decision<Customer> => {
  if (credit.until <= today) return { next: customer, events: [] }
  if (credit.from > today && creditOn(customer, today)) {
    const next = { ...customer, nextCredit: credit }
    return { next, events: [changed(next)] }
  }
  const { nextCredit } = customer
  const kept = nextCredit && nextCredit.from >= credit.until ? nextCredit : undefined
  return { next: { ...customer, credit, nextCredit: kept }, events: [limitSet(customer, credit)] }
}

/** The day has come for a limit that waited. */
export const beginCredit = (customer: Customer, today: BusinessDate): Decision<Customer> => {
  const { nextCredit: credit } = customer
  if (!credit || credit.from > today) return { next: customer, events: [] }
  return { next: { ...customer, credit, nextCredit: undefined }, events: [limitSet(customer, credit)] }
}

/** To another place of the same owner; to another owner it is handed over. */
export const place = (customer: Customer, at: Place): Decision<Customer> => {
  const next = { ...customer, ...at }
  return { next, events: [changed(next)] }
}

/** The limit in force on a day. */
export const creditOn = ({ credit, nextCredit }: Customer, date: BusinessDate): CreditLimit | undefined =>
  [nextCredit, credit].find((limit) => limit && covers(limit, date))
