import type { MessageInitShape } from '@bufbuild/protobuf'
import { moneyMessage } from '@saleswright/contracts'
import {
  Opportunity_Stage,
  type OpportunitySchema,
} from '@saleswright/contracts/saleswright/customers/v1/opportunity_pb.ts'
import { etagOf } from '@saleswright/kernel'
import type { Opportunity, Stage } from './opportunity.ts'

export const STAGE = {
  discovery: Opportunity_Stage.DISCOVERY,
  requirement_confirmed: Opportunity_Stage.REQUIREMENT_CONFIRMED,
  solution: Opportunity_Stage.SOLUTION,
  quoted: Opportunity_Stage.QUOTED,
  negotiation: Opportunity_Stage.NEGOTIATION,
  won: Opportunity_Stage.WON,
  lost: Opportunity_Stage.LOST,
  on_hold: Opportunity_Stage.ON_HOLD,
} as const satisfies Record<Stage, Opportunity_Stage>

export const opportunityView = (opportunity: Opportunity): MessageInitShape<typeof OpportunitySchema> => ({
  opportunityId: opportunity.id,
  title: opportunity.title,
  customerId: opportunity.customerId,
  stage: STAGE[opportunity.status],
  sku: opportunity.sku,
  expectedValue: opportunity.expectedValue && moneyMessage(opportunity.expectedValue),
  wonValue: opportunity.wonValue && moneyMessage(opportunity.wonValue),
  engagedOn: opportunity.engagedOn,
  closedOn: opportunity.closedOn,
  lostReason: opportunity.lostReason,
  requirement: opportunity.requirement,
  ownerId: opportunity.ownerId,
  unitId: opportunity.unitId,
  businessDate: opportunity.businessDate,
  externalRef: opportunity.externalRef,
  etag: etagOf(opportunity),
})
