import { create } from '@bufbuild/protobuf'
import { moneyMessage } from '@saleswright/contracts'
import { LeadChangedSchema } from '@saleswright/contracts/saleswright/customers/v1/events_pb.ts'
import {
  type Aggregate,
  addDays,
  type BusinessDate,
  conflict,
  type Decision,
  type ExternalRef,
  type Money,
  mover,
} from '@saleswright/kernel'

/** Where a lead may go. Recycled ones wait in the pool (公海) until somebody claims them or is given them. */
export const TRANSITIONS = {
  new: ['assigned', 'contacted', 'recycled'],
  assigned: ['assigned', 'contacted', 'recycled'],
  contacted: ['assigned', 'qualified', 'nurturing', 'disqualified', 'recycled'],
  qualified: ['assigned', 'converted', 'recycled'],
  nurturing: ['assigned', 'contacted', 'recycled'],
  recycled: ['assigned'],
  converted: [],
  disqualified: [],
} as const

export type Status = keyof typeof TRANSITIONS
export const OPEN_STATUSES = ['new', 'assigned', 'contacted', 'qualified', 'nurturing'] as const satisfies Status[]
const move = mover<Status>('lead', TRANSITIONS)

/** Money, authority, need: who can pay, may decide and needs it is a prospect (R86). What nobody has found out is absent. */
export type Man = {
  readonly money?: boolean | undefined
  readonly authority?: boolean | undefined
  readonly need?: boolean | undefined
}
export type NextStep = 'ask' | 'sell' | 'arouse_need' | 'find_decision_maker' | 'check_credit' | 'nurture' | 'stop'
export type Judgement = {
  readonly man: Man
  /** Absent as long as something is unknown: the lead stays where it is. */
  readonly status?: 'qualified' | 'nurturing' | 'disqualified' | undefined
  readonly nextStep: NextStep
}

/** The owner of what is in the pool. */
const NOBODY = ''

/** Whose it is, and where that person sits; in the pool, where its last owner sat. */
type Place = Required<Pick<Aggregate, 'ownerId' | 'unitId' | 'orgPath'>>

export type Lead = Aggregate &
  Place & {
    readonly origin: 'entered' | 'migrated'
    readonly recordedFor?: string | undefined
    readonly externalRef?: ExternalRef | undefined
    readonly status: Status
    readonly title: string
    readonly companyName?: string | undefined
    readonly sku?: string | undefined
    readonly expectedValue?: Money | undefined
    readonly contactedOn?: BusinessDate | undefined
    readonly reason?: string | undefined
    /** Who let it go into the pool, and when. */
    readonly formerOwnerId?: string | undefined
    readonly recycledOn?: BusinessDate | undefined
    readonly opportunityId?: string | undefined
    readonly man?: Man | undefined
    readonly nextStep?: NextStep | undefined
    readonly businessDate: BusinessDate
  }

/** What a new lead has before it says anything of its own. */
type New = Pick<Lead, keyof Aggregate | 'origin' | 'recordedFor' | 'externalRef' | 'businessDate'>

export type Interest = Pick<Lead, 'title' | 'companyName' | 'sku' | 'expectedValue' | 'contactedOn'>

const changed = (lead: Lead) =>
  create(LeadChangedSchema, {
    ...lead,
    leadId: lead.id,
    orgPath: [...lead.orgPath],
    expectedValue: lead.expectedValue && moneyMessage(lead.expectedValue),
  })

const telling = (next: Lead): Decision<Lead> => ({ next, events: [changed(next)] })
const unchanged = (lead: Lead): Decision<Lead> => ({ next: lead, events: [] })

export const enter = (intake: New, interest: Interest, status: Status = 'new'): Decision<Lead> =>
  telling({ ...intake, ...interest, status, ...(status === 'recycled' && { ownerId: NOBODY }) })

/** To one person by name, who answers for it from then on (R100). */
export const assign = (lead: Lead, place: Place): Decision<Lead> => {
  if (lead.status === 'assigned' && lead.ownerId === place.ownerId) return unchanged(lead)
  return telling({ ...move(lead, 'assigned'), ...place, ...OUT_OF_POOL })
}

const OUT_OF_POOL = { reason: undefined, formerOwnerId: undefined, recycledOn: undefined } as const

export type ClaimRules = {
  readonly today: BusinessDate
  /** How many days who let a lead go leaves it to others. */
  readonly coolDownDays: number
  /** How many open leads one person holds at most, and how many this one holds. */
  readonly capacity: number
  readonly held: number
}

/** Out of the pool, by who wants it. */
export const claim = (
  lead: Lead,
  place: Place,
  { today, coolDownDays, capacity, held }: ClaimRules,
): Decision<Lead> => {
  const next = move(lead, 'assigned')
  if (lead.status !== 'recycled') throw conflict('lead_not_pooled')
  const until = addDays(lead.recycledOn ?? today, coolDownDays)
  if (lead.formerOwnerId === place.ownerId && today < until) throw conflict('lead_cooling_down', { until })
  if (held >= capacity) throw conflict('lead_capacity_reached', { capacity: String(capacity) })
  return telling({ ...next, ...place, ...OUT_OF_POOL })
}

export const contact = (lead: Lead, on: BusinessDate): Decision<Lead> =>
  lead.status === 'contacted' && lead.contactedOn === on
    ? unchanged(lead)
    : telling({ ...move(lead, 'contacted'), contactedOn: on })

export const convert = (lead: Lead, opportunityId: string): Decision<Lead> =>
  telling({ ...move(lead, 'converted'), opportunityId })

/** Into the pool: off the list of its owner, and for others to claim (R101). */
export const recycle = (
  lead: Lead,
  { reason, on }: { readonly reason: string; readonly on: BusinessDate },
): Decision<Lead> => {
  if (lead.status === 'recycled' && lead.reason === reason) return unchanged(lead)
  const next = { ...move(lead, 'recycled'), reason, formerOwnerId: lead.ownerId, recycledOn: on, ownerId: NOBODY }
  return telling(next)
}

const isSameMan = (known: Man | undefined, told: Man): boolean =>
  known?.money === told.money && known?.authority === told.authority && known?.need === told.need

/** Takes over a judgement: where the lead goes, and what to do next. As long as something is unknown it goes nowhere. */
export const qualify = (lead: Lead, { status, man, nextStep }: Judgement): Decision<Lead> => {
  const isSame = lead.nextStep === nextStep && isSameMan(lead.man, man) && lead.status === (status ?? lead.status)
  if (isSame) return unchanged(lead)
  const moved = move(lead, status ?? 'qualified')
  return telling({ ...moved, status: status ?? lead.status, man, nextStep })
}

/** To another owner, or to another place of the same one. */
export const place = (lead: Lead, at: Place): Decision<Lead> => telling({ ...lead, ...at })
