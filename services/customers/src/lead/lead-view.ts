import type { MessageInitShape } from '@bufbuild/protobuf'
import { moneyMessage } from '@saleswright/contracts'
import {
  Lead_NextStep_Value,
  Lead_Status,
  type LeadSchema,
} from '@saleswright/contracts/saleswright/customers/v1/lead_pb.ts'
import { etagOf } from '@saleswright/kernel'
import type { Lead, NextStep, Status } from './lead.ts'

export const STATUS = {
  new: Lead_Status.NEW,
  assigned: Lead_Status.ASSIGNED,
  contacted: Lead_Status.CONTACTED,
  qualified: Lead_Status.QUALIFIED,
  converted: Lead_Status.CONVERTED,
  nurturing: Lead_Status.NURTURING,
  recycled: Lead_Status.RECYCLED,
  disqualified: Lead_Status.DISQUALIFIED,
} as const satisfies Record<Status, Lead_Status>

export const NEXT_STEP = {
  ask: Lead_NextStep_Value.ASK,
  sell: Lead_NextStep_Value.SELL,
  arouse_need: Lead_NextStep_Value.AROUSE_NEED,
  find_decision_maker: Lead_NextStep_Value.FIND_DECISION_MAKER,
  check_credit: Lead_NextStep_Value.CHECK_CREDIT,
  nurture: Lead_NextStep_Value.NURTURE,
  stop: Lead_NextStep_Value.STOP,
} as const satisfies Record<NextStep, Lead_NextStep_Value>

export const leadView = (lead: Lead): MessageInitShape<typeof LeadSchema> => ({
  leadId: lead.id,
  title: lead.title,
  status: STATUS[lead.status],
  companyName: lead.companyName,
  sku: lead.sku,
  expectedValue: lead.expectedValue && moneyMessage(lead.expectedValue),
  ownerId: lead.ownerId || undefined,
  unitId: lead.unitId,
  contactedOn: lead.contactedOn,
  reason: lead.reason,
  opportunityId: lead.opportunityId,
  businessDate: lead.businessDate,
  externalRef: lead.externalRef,
  etag: etagOf(lead),
  man: lead.man,
  nextStep: lead.nextStep && NEXT_STEP[lead.nextStep],
})
