import { ContactService } from '@saleswright/contracts/saleswright/customers/v1/contact_pb.ts'
import { CreditEvaluationService } from '@saleswright/contracts/saleswright/customers/v1/credit_evaluation_pb.ts'
import { CustomerService } from '@saleswright/contracts/saleswright/customers/v1/customer_pb.ts'
import { LeadService } from '@saleswright/contracts/saleswright/customers/v1/lead_pb.ts'
import { OpportunityService } from '@saleswright/contracts/saleswright/customers/v1/opportunity_pb.ts'
import { bind } from '@saleswright/rpc'
import type { ServiceDefinition } from '@saleswright/service'
import { contactRpc } from './contact/contact-rpc.ts'
import { beginLimits } from './credit/begin-limits.ts'
import { creditEvaluationRpc } from './credit/credit-evaluation-rpc.ts'
import { customerRpc } from './customer/customer-rpc.ts'
import { deskOf } from './desk.ts'
import { leadRpc } from './lead/lead-rpc.ts'
import { opportunityRpc } from './opportunity/opportunity-rpc.ts'
import { reactionsOf } from './reactions.ts'

/** Customer files, leads, opportunities and credit. */
export const customers: ServiceDefinition = {
  name: 'customers',
  build: (platform) => {
    const desk = deskOf(platform)
    return {
      mappings: desk.mappings,
      policies: desk.policies,
      reactions: reactionsOf(desk),
      jobs: [beginLimits(desk, platform.cause)],
      bounds: [
        bind(CustomerService, customerRpc(desk)),
        bind(ContactService, contactRpc(desk)),
        bind(LeadService, leadRpc(desk)),
        bind(OpportunityService, opportunityRpc(desk)),
        bind(CreditEvaluationService, creditEvaluationRpc(desk)),
      ],
    }
  },
}
