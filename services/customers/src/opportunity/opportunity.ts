import { create } from '@bufbuild/protobuf'
import { moneyMessage } from '@saleswright/contracts'
import {
  OpportunityChangedSchema,
  OpportunityLostSchema,
  OpportunityWonSchema,
} from '@saleswright/contracts/saleswright/customers/v1/events_pb.ts'
import {
  type Aggregate,
  type BusinessDate,
  compareMoney,
  conflict,
  type Decision,
  type ExternalRef,
  invalid,
  invalidField,
  type Money,
  mover,
} from '@saleswright/kernel'

/** Where an opportunity may go. The requirement is confirmed before anything is drawn up or quoted, and won is what was quoted. */
export const TRANSITIONS = {
  discovery: ['requirement_confirmed', 'on_hold', 'lost'],
  requirement_confirmed: ['solution', 'quoted', 'negotiation', 'on_hold', 'lost'],
  solution: ['quoted', 'negotiation', 'on_hold', 'lost'],
  quoted: ['solution', 'negotiation', 'on_hold', 'won', 'lost'],
  negotiation: ['solution', 'quoted', 'on_hold', 'won', 'lost'],
  on_hold: ['discovery', 'requirement_confirmed', 'solution', 'quoted', 'negotiation', 'lost'],
  won: [],
  lost: [],
} as const

export type Stage = keyof typeof TRANSITIONS
export type OpenStage = Exclude<Stage, 'won' | 'lost'>
export const OPEN_STAGES = [
  'discovery',
  'requirement_confirmed',
  'solution',
  'quoted',
  'negotiation',
  'on_hold',
] as const satisfies readonly OpenStage[]

export const isOpen = (stage: Stage): stage is OpenStage => stage !== 'won' && stage !== 'lost'
const move = mover<Stage>('opportunity', TRANSITIONS)

/** A migration tells of deals whose way nobody wrote down. */
const moveMigrated = mover<Stage>('opportunity', {
  ...TRANSITIONS,
  discovery: [...TRANSITIONS.discovery, 'won'],
  requirement_confirmed: [...TRANSITIONS.requirement_confirmed, 'won'],
  solution: [...TRANSITIONS.solution, 'won'],
})

/** Whose it is, and where that person sits. */
type Place = Required<Pick<Aggregate, 'ownerId' | 'unitId' | 'orgPath'>>

export type Opportunity = Aggregate &
  Place & {
    readonly origin: 'entered' | 'migrated'
    readonly recordedFor?: string | undefined
    readonly externalRef?: ExternalRef | undefined
    /** Its stage. */
    readonly status: Stage
    /** Where it stood when it was put on hold, and goes on; absent where nobody knows. */
    readonly heldFrom?: OpenStage | undefined
    readonly title: string
    readonly customerId: string
    readonly sku?: string | undefined
    readonly expectedValue?: Money | undefined
    readonly wonValue?: Money | undefined
    /** When the talks began and ended; absent where nobody knows. */
    readonly engagedOn?: BusinessDate | undefined
    readonly closedOn?: BusinessDate | undefined
    readonly lostReason?: string | undefined
    /** What the customer needs, as confirmed with them. */
    readonly requirement?: string | undefined
    readonly businessDate: BusinessDate
  }

/** What a new opportunity has before it says anything of its own. */
type New = Pick<Opportunity, keyof Aggregate | 'origin' | 'recordedFor' | 'externalRef' | 'businessDate'>

export type Offer = Pick<Opportunity, 'title' | 'customerId' | 'sku' | 'expectedValue' | 'engagedOn'>

const told = (opportunity: Opportunity) => ({
  ...opportunity,
  opportunityId: opportunity.id,
  orgPath: [...opportunity.orgPath],
  expectedValue: opportunity.expectedValue && moneyMessage(opportunity.expectedValue),
  wonValue: opportunity.wonValue && moneyMessage(opportunity.wonValue),
})

const changed = (opportunity: Opportunity) =>
  create(OpportunityChangedSchema, { ...told(opportunity), stage: opportunity.status })

export const start = (intake: New, offer: Offer, stage: OpenStage = 'discovery'): Decision<Opportunity> => {
  const next: Opportunity = { ...intake, ...offer, status: stage }
  return { next, events: [changed(next)] }
}

/**
 * Moves an open opportunity on, back, or aside; from hold it goes on where it stood. Who confirms the requirement says what it is, and
 * may say it anew (R116).
 */
export const advance = (
  opportunity: Opportunity,
  to: OpenStage,
  requirement = opportunity.requirement,
): Decision<Opportunity> => {
  if (to !== 'requirement_confirmed') {
    if (requirement !== opportunity.requirement) throw invalidField('requirement', 'requirement_without_stage')
    return opportunity.status === to ? { next: opportunity, events: [] } : step(opportunity, to)
  }
  if (opportunity.status === to && requirement === opportunity.requirement) return { next: opportunity, events: [] }
  if (requirement === undefined) {
    const violation = { field: 'requirement', rule: 'required', message: 'is required' }
    throw invalid('requirement_needed', {}, [violation])
  }
  const { next } = opportunity.status === to ? { next: opportunity } : step(opportunity, to)
  const confirmed = { ...next, requirement }
  return { next: confirmed, events: [changed(confirmed)] }
}

export const step = (opportunity: Opportunity, to: OpenStage): Decision<Opportunity> => {
  const { status: from, heldFrom } = opportunity
  const moved = move(opportunity, to)
  if (heldFrom !== undefined && heldFrom !== to) throw conflict('opportunity_held_elsewhere', { heldFrom, to })
  const next = { ...moved, heldFrom: to === 'on_hold' && isOpen(from) ? from : undefined }
  return { next, events: [changed(next)] }
}

export type Winning = {
  readonly value: Money
  readonly on?: BusinessDate | undefined
  /** Whether it may be won out of an earlier stage. */
  readonly migrating?: boolean | undefined
}

/** Nothing ends before it began, nor before it was made; what a migration brought was made when it came. */
const expectBegun = ({ engagedOn, origin, businessDate }: Opportunity, closedOn: BusinessDate | undefined): void => {
  if (closedOn !== undefined && origin === 'entered' && closedOn < businessDate) {
    throw invalid('closed_before_made', { businessDate, closedOn })
  }
  if (closedOn !== undefined && engagedOn !== undefined && closedOn < engagedOn) {
    throw invalid('closed_before_engaged', { engagedOn, closedOn })
  }
}

/** `on` is absent where nobody knows the day. */
export const win = (opportunity: Opportunity, { value, on, migrating = false }: Winning): Decision<Opportunity> => {
  if (isSameWin(opportunity, { value, on })) return { next: opportunity, events: [] }
  expectBegun(opportunity, on)
  const moved = (migrating ? moveMigrated : move)(opportunity, 'won')
  const next = { ...moved, wonValue: value, closedOn: on }
  return { next, events: [create(OpportunityWonSchema, told(next))] }
}

const isSameWin = ({ status, wonValue, closedOn }: Opportunity, { value, on }: Winning): boolean =>
  status === 'won' &&
  wonValue?.currency === value.currency &&
  compareMoney(wonValue, value) === 0 &&
  (on === undefined || on === closedOn)

/** The reason is absent only where a migration does not know it. */
type Losing = { readonly reason?: string | undefined; readonly on?: BusinessDate | undefined }

export const lose = (opportunity: Opportunity, { reason, on }: Losing): Decision<Opportunity> => {
  const { status, lostReason, closedOn } = opportunity
  if (status === 'lost' && lostReason === reason && (on === undefined || on === closedOn)) {
    return { next: opportunity, events: [] }
  }
  expectBegun(opportunity, on)
  const next = { ...move(opportunity, 'lost'), lostReason: reason, closedOn: on, heldFrom: undefined }
  return { next, events: [create(OpportunityLostSchema, { ...told(next), reason: reason ?? '' })] }
}

/** To another owner, or to another place of the same one. */
export const place = (opportunity: Opportunity, at: Place): Decision<Opportunity> => {
  const next = { ...opportunity, ...at }
  return { next, events: [changed(next)] }
}
