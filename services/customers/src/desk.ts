import { DirectoryService } from '@saleswright/contracts/saleswright/organization/v1/directory_pb.ts'
import { type Directory, directory, todayIn } from '@saleswright/directory'
import { type PolicyBook, policyBook, policyMapping } from '@saleswright/policy'
import type { Platform } from '@saleswright/service'
import { type Repository, type Sealer, type Store, sealerOf } from '@saleswright/store'
import type { Contact } from './contact/contact.ts'
import { contactMapping } from './contact/contact-store.ts'
import type { CreditEvaluation } from './credit/credit-evaluation.ts'
import { creditEvaluationMapping } from './credit/credit-evaluation-store.ts'
import type { Customer } from './customer/customer.ts'
import { customerMapping } from './customer/customer-store.ts'
import { type NameClaim, nameClaimMapping } from './customer/name-claim.ts'
import { type Family, familyMapping } from './customer/parent.ts'
import type { Lead } from './lead/lead.ts'
import { leadMapping } from './lead/lead-store.ts'
import type { Opportunity } from './opportunity/opportunity.ts'
import { opportunityMapping } from './opportunity/opportunity-store.ts'
import { POLICIES } from './policies.ts'

/** What the use cases of this service work with. */
export type Desk = {
  readonly store: Store
  readonly directory: Directory
  readonly policies: PolicyBook
  /** For what is personal. */
  readonly sealer: Sealer
  readonly customers: Repository<Customer>
  readonly families: Repository<Family>
  readonly names: Repository<NameClaim>
  readonly contacts: Repository<Contact>
  readonly leads: Repository<Lead>
  readonly opportunities: Repository<Opportunity>
  readonly evaluations: Repository<CreditEvaluation>
}

type Stored = { readonly name: string; readonly collection: string }

export const deskOf = ({ store, client, clock, secret }: Platform): Desk & { readonly mappings: readonly Stored[] } => {
  const sealer = sealerOf(secret, 'customers')
  const contacts = contactMapping(sealer)
  const people = directory(client(DirectoryService), clock)
  const today = (companyId: string) => todayIn(people, companyId, clock.now())
  return {
    store,
    sealer,
    directory: people,
    policies: policyBook({ context: 'customers', store, clock, today }, POLICIES),
    customers: store.repository(customerMapping),
    families: store.repository(familyMapping),
    names: store.repository(nameClaimMapping),
    contacts: store.repository(contacts),
    leads: store.repository(leadMapping),
    opportunities: store.repository(opportunityMapping),
    evaluations: store.repository(creditEvaluationMapping),
    mappings: [
      policyMapping,
      customerMapping,
      familyMapping,
      nameClaimMapping,
      contacts,
      leadMapping,
      opportunityMapping,
      creditEvaluationMapping,
    ],
  }
}
