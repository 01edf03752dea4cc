import { CustomerService } from '@saleswright/contracts/saleswright/customers/v1/customer_pb.ts'
import { LeadService } from '@saleswright/contracts/saleswright/customers/v1/lead_pb.ts'
import { OpportunityService } from '@saleswright/contracts/saleswright/customers/v1/opportunity_pb.ts'
import { bind } from '@saleswright/rpc'
import type { ServiceDefinition } from '@saleswright/service'
import { customerRpc } from './customer/customer-rpc.ts'
import { deskOf, MAPPINGS } from './desk.ts'
import { leadRpc } from './lead/lead-rpc.ts'
import { opportunityRpc } from './opportunity/opportunity-rpc.ts'

/** Customer files, leads, opportunities and credit. */
export const customers: ServiceDefinition = {
  name: 'customers',
  build: (platform) => {
    const desk = deskOf(platform)
    return {
      mappings: MAPPINGS,
      bounds: [
        bind(CustomerService, customerRpc(desk)),
        bind(LeadService, leadRpc(desk)),
        bind(OpportunityService, opportunityRpc(desk)),
      ],
    }
  },
}
