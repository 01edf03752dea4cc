import type { MessageInitShape } from '@bufbuild/protobuf'
import { moneyMessage } from '@saleswright/contracts'
import { Lead_Status, type LeadSchema } from '@saleswright/contracts/saleswright/customers/v1/lead_pb.ts'
import { etagOf } from '@saleswright/kernel'
import type { Lead, Status } from './lead.ts'

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

export const leadView = (lead: Lead): MessageInitShape<typeof LeadSchema> => ({
  leadId: lead.id,
  title: lead.title,
  status: STATUS[lead.status],
  companyName: lead.companyName,
  sku: lead.sku,
  expectedValue: lead.expectedValue && moneyMessage(lead.expectedValue),
  ownerId: lead.ownerId,
  unitId: lead.unitId,
  contactedOn: lead.contactedOn,
  reason: lead.reason,
  opportunityId: lead.opportunityId,
  businessDate: lead.businessDate,
  externalRef: lead.externalRef,
  etag: etagOf(lead),
})
