import { wordOf } from '@saleswright/contracts'
import type { CreateOpportunityRequest } from '@saleswright/contracts/saleswright/customers/v1/opportunity_pb.ts'
import {
  type BusinessDate,
  companyScope,
  type Decision,
  forbidden,
  invalid,
  invalidField,
  type Money,
  mayMigrate,
  parseBusinessDate,
} from '@saleswright/kernel'
import type { Call } from '@saleswright/rpc'
import { refuseKnownRef, type Tx } from '@saleswright/store'
import type { Desk } from '../desk.ts'
import { type Intake, intakeOf, todayFor } from '../intake/take-in.ts'
import { valueIn } from '../intake/value.ts'
import { isOpen, lose, type Offer, type Opportunity, start, win } from './opportunity.ts'
import { STAGE } from './opportunity-view.ts'

/** Anybody who may write opportunities may sell to any customer of the company; seeing its file is another matter (decisions 41). */
export const createOpportunity = async (
  { opportunities, customers, directory }: Desk,
  tx: Tx,
  request: CreateOpportunityRequest,
  call: Call,
): Promise<Opportunity> => {
  expectMigration(request, call)
  const intake = await intakeOf(directory, call, request)
  await refuseKnownRef(tx, opportunities, intake.companyId, intake.externalRef)
  await tx.get(customers, companyScope(intake.companyId), request.customerId)
  const today = await todayFor(directory, call)
  for (const date of [request.engagedOn, request.closedOn]) if (date !== undefined) expectNoLater(date, today)
  const standsOn = saysMore(request) ? { ...intake, origin: 'migrated' as const } : intake
  return tx.save(opportunities, standing(standsOn, request))
}

/** Whether a request tells more than somebody can who begins something new. */
const saysMore = ({ stage, closedOn, wonValue, lostReason }: CreateOpportunityRequest): boolean => {
  const isNew = stage === undefined || stage === STAGE.discovery
  return !isNew || closedOn !== undefined || wonValue !== undefined || lostReason !== undefined
}

const expectMigration = (request: CreateOpportunityRequest, call: Call): void => {
  if (saysMore(request) && !mayMigrate(call.actor)) throw forbidden('opportunity_stage_needs_migration')
}

const expectNoLater = (date: BusinessDate, today: BusinessDate): void => {
  if (date > today) throw invalid('business_date_in_future', { date, today })
}

/** One that was closed before it came here tells its opening and its end, so that consumers see one shape. */
const standing = (intake: Intake, request: CreateOpportunityRequest): Decision<Opportunity> => {
  const stage = wordOf(STAGE, request.stage) ?? 'discovery'
  const offer = offerIn(request)
  expectMatching(request, stage)
  if (isOpen(stage)) return start(intake, offer, stage)
  const opened = start(intake, offer)
  const on = request.closedOn && parseBusinessDate(request.closedOn)
  const closed =
    stage === 'won'
      ? win(opened.next, { value: wonValueIn(request), on, migrating: true })
      : lose(opened.next, { reason: request.lostReason, on })
  return { next: closed.next, events: [...opened.events, ...closed.events] }
}

/** Nothing is won without saying for how much. */
export const wonValueIn = ({ wonValue }: Pick<CreateOpportunityRequest, 'wonValue'>): Money => {
  if (!wonValue) throw invalidField('wonValue', 'won_value_needed')
  return valueIn('wonValue', wonValue)
}

/** What is told of an end belongs to that end. */
const expectMatching = (
  { closedOn, wonValue, lostReason }: CreateOpportunityRequest,
  stage: Opportunity['status'],
): void => {
  const stray =
    (isOpen(stage) && closedOn !== undefined) ||
    (stage !== 'won' && wonValue !== undefined) ||
    (stage !== 'lost' && lostReason !== undefined)
  if (stray) throw invalidField('stage', 'opportunity_end_without_stage', { stage })
}

const offerIn = ({ title, customerId, sku, expectedValue, engagedOn }: CreateOpportunityRequest): Offer => ({
  title,
  customerId,
  sku,
  expectedValue: expectedValue && valueIn('expectedValue', expectedValue),
  engagedOn: engagedOn === undefined ? undefined : parseBusinessDate(engagedOn),
})
