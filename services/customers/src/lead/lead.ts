import { create } from '@bufbuild/protobuf'
import { moneyMessage } from '@saleswright/contracts'
import { LeadChangedSchema } from '@saleswright/contracts/saleswright/customers/v1/events_pb.ts'
import {
  type Aggregate,
  type BusinessDate,
  type Decision,
  type ExternalRef,
  type Money,
  mover,
} from '@saleswright/kernel'

/** Where a lead may go. Recycled ones lie in the pool (公海) until somebody is given them (R101). */
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

/** Money, authority, need: who can pay, may decide and needs it is a prospect (R86). */
export type Man = { readonly money: boolean; readonly authority: boolean; readonly need: boolean }
export type NextStep = 'sell' | 'arouse_need' | 'find_decision_maker' | 'check_credit' | 'nurture' | 'stop'
export type Judgement = {
  readonly man: Man
  readonly status: 'qualified' | 'nurturing' | 'disqualified'
  readonly nextStep: NextStep
}

/** Whose it is, and where that person sits. */
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
  telling({ ...intake, ...interest, status })

/** To one person by name, who answers for it from then on (R100). */
export const assign = (lead: Lead, place: Place): Decision<Lead> => {
  if (lead.status === 'assigned' && lead.ownerId === place.ownerId) return unchanged(lead)
  return telling({ ...move(lead, 'assigned'), ...place, reason: undefined })
}

export const contact = (lead: Lead, on: BusinessDate): Decision<Lead> =>
  lead.status === 'contacted' && lead.contactedOn === on
    ? unchanged(lead)
    : telling({ ...move(lead, 'contacted'), contactedOn: on })

export const convert = (lead: Lead, opportunityId: string): Decision<Lead> =>
  telling({ ...move(lead, 'converted'), opportunityId })

export const recycle = (lead: Lead, reason: string): Decision<Lead> =>
  lead.status === 'recycled' && lead.reason === reason
    ? unchanged(lead)
    : telling({ ...move(lead, 'recycled'), reason })

const isSameMan = (known: Man | undefined, told: Man): boolean =>
  known?.money === told.money && known.authority === told.authority && known.need === told.need

/** Takes over a judgement: where the lead goes, and what to do next. */
export const qualify = (lead: Lead, { status, man, nextStep }: Judgement): Decision<Lead> => {
  const isSame = lead.status === status && lead.nextStep === nextStep && isSameMan(lead.man, man)
  return isSame ? unchanged(lead) : telling({ ...move(lead, status), man, nextStep })
}

/** To another owner, or to another place of the same one. */
export const place = (lead: Lead, at: Place): Decision<Lead> => telling({ ...lead, ...at })
