import { readMoney, wordOf } from '@saleswright/contracts'
import type { CreateOpportunityRequest } from '@saleswright/contracts/saleswright/customers/v1/opportunity_pb.ts'
import {
  companyScope,
  type Decision,
  forbidden,
  invalid,
  type Money,
  mayMigrate,
  parseBusinessDate,
} from '@saleswright/kernel'
import type { Call } from '@saleswright/rpc'
import { refuseKnownRef, type Tx } from '@saleswright/store'
import type { Desk } from '../desk.ts'
import { type Intake, intakeOf } from '../intake/take-in.ts'
import { filled } from '../intake/text.ts'
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
  const migrated = request.stage === undefined ? intake : { ...intake, origin: 'migrated' as const }
  return tx.save(opportunities, standing(migrated, request))
}

const expectMigration = ({ stage, closedOn, wonValue, lostReason }: CreateOpportunityRequest, call: Call): void => {
  const isNew = stage === undefined || stage === STAGE.discovery
  const isTold = closedOn !== undefined || wonValue !== undefined || lostReason !== undefined
  if ((!isNew || isTold) && !mayMigrate(call.actor)) throw forbidden('opportunity_stage_needs_migration')
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
      ? win(opened.next, { value: wonValueIn(request), on })
      : lose(opened.next, { reason: request.lostReason, on })
  return { next: closed.next, events: [...opened.events, ...closed.events] }
}

/** Nothing is won without saying for how much. */
export const wonValueIn = ({ wonValue }: Pick<CreateOpportunityRequest, 'wonValue'>): Money => {
  if (!wonValue) throw invalid('won_value_needed')
  return readMoney(wonValue)
}

/** What is told of an end belongs to that end, and no talk ends before it began. */
const expectMatching = (
  { closedOn, wonValue, lostReason, engagedOn }: CreateOpportunityRequest,
  stage: Opportunity['status'],
): void => {
  const stray =
    (isOpen(stage) && closedOn !== undefined) ||
    (stage !== 'won' && wonValue !== undefined) ||
    (stage !== 'lost' && lostReason !== undefined)
  if (stray) throw invalid('opportunity_end_without_stage', { stage })
  if (closedOn !== undefined && engagedOn !== undefined && closedOn < engagedOn) {
    throw invalid('closed_before_engaged', { engagedOn, closedOn })
  }
}

const offerIn = ({ title, customerId, sku, expectedValue, engagedOn }: CreateOpportunityRequest): Offer => ({
  title: filled('title', title),
  customerId,
  sku,
  expectedValue: expectedValue && readMoney(expectedValue),
  engagedOn: engagedOn === undefined ? undefined : parseBusinessDate(engagedOn),
})
