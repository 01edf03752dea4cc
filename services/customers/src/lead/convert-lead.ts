import { create, type MessageInitShape } from '@bufbuild/protobuf'
import { CreateCustomerRequestSchema } from '@saleswright/contracts/saleswright/customers/v1/customer_pb.ts'
import type {
  ConvertLeadRequest,
  ConvertLeadResponseSchema,
} from '@saleswright/contracts/saleswright/customers/v1/lead_pb.ts'
import { companyScope, invalidField, newId } from '@saleswright/kernel'
import { type Call, scopeAlso, scopeOf } from '@saleswright/rpc'
import type { Tx } from '@saleswright/store'
import { createCustomer } from '../customer/create-customer.ts'
import type { Desk } from '../desk.ts'
import { placeFor } from '../intake/place.ts'
import { todayFor } from '../intake/take-in.ts'
import { valueIn } from '../intake/value.ts'
import { start } from '../opportunity/opportunity.ts'
import { convert, type Lead } from './lead.ts'
import { leadView } from './lead-view.ts'

/** A qualified lead becomes an opportunity of its owner, with a customer on file or one that is put on file with it. */
export const convertLead = async (
  desk: Desk,
  tx: Tx,
  request: ConvertLeadRequest,
  call: Call,
): Promise<MessageInitShape<typeof ConvertLeadResponseSchema>> => {
  const lead = await tx.get(desk.leads, scopeOf(call), request.leadId)
  const opportunityId = newId()
  const decision = convert(lead, opportunityId)
  const customerId = await customerFor(desk, tx, request, { call, lead })
  const businessDate = await todayFor(desk.directory, call)
  const { companyId, ownerId, sku } = lead
  const { unitId, orgPath } = await placeFor(desk.directory, call, ownerId, businessDate)
  const intake = { id: opportunityId, version: 0, companyId, ownerId, unitId, orgPath, origin: 'entered' } as const
  const expectedValue = request.expectedValue ? valueIn('expectedValue', request.expectedValue) : lead.expectedValue
  tx.save(
    desk.opportunities,
    start({ ...intake, businessDate }, { title: request.title, customerId, sku, expectedValue }),
  )
  return { lead: leadView(tx.save(desk.leads, decision)), opportunityId, customerId }
}

const customerFor = async (
  desk: Desk,
  tx: Tx,
  { customerId, customerName }: ConvertLeadRequest,
  { call, lead }: { readonly call: Call; readonly lead: Lead },
): Promise<string> => {
  if (customerId !== undefined) return (await tx.get(desk.customers, companyScope(lead.companyId), customerId)).id
  const name = customerName ?? lead.companyName
  if (name === undefined) throw invalidField('customerId', 'customer_needed')
  const permission = 'customers.write'
  scopeAlso(call, permission)
  const request = create(CreateCustomerRequestSchema, { name, ownerId: lead.ownerId })
  return (await createCustomer(desk, tx, request, { ...call, permission })).id
}
