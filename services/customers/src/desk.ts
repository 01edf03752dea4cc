import { DirectoryService } from '@saleswright/contracts/saleswright/organization/v1/directory_pb.ts'
import { type Directory, directory } from '@saleswright/directory'
import type { Platform } from '@saleswright/service'
import { type Repository, type Sealer, type Store, sealerOf } from '@saleswright/store'
import type { Contact } from './contact/contact.ts'
import { contactMapping } from './contact/contact-store.ts'
import type { CreditEvaluation } from './credit/credit-evaluation.ts'
import { creditEvaluationMapping } from './credit/credit-evaluation-store.ts'
import type { Customer } from './customer/customer.ts'
import { customerMapping } from './customer/customer-store.ts'
import { type Family, familyMapping } from './customer/parent.ts'
import type { Lead } from './lead/lead.ts'
import { leadMapping } from './lead/lead-store.ts'
import type { Opportunity } from './opportunity/opportunity.ts'
import { opportunityMapping } from './opportunity/opportunity-store.ts'

/** What the use cases of this service work with. */
export type Desk = {
  readonly store: Store
  readonly directory: Directory
  /** For what is personal. */
  readonly sealer: Sealer
  readonly customers: Repository<Customer>
  readonly families: Repository<Family>
  readonly contacts: Repository<Contact>
  readonly leads: Repository<Lead>
  readonly opportunities: Repository<Opportunity>
  readonly evaluations: Repository<CreditEvaluation>
}

type Stored = { readonly name: string; readonly collection: string }

export const deskOf = ({ store, client, clock, secret }: Platform): Desk & { readonly mappings: readonly Stored[] } => {
  const sealer = sealerOf(secret, 'customers')
  const contacts = contactMapping(sealer)
  return {
    store,
    sealer,
    directory: directory(client(DirectoryService), clock),
    customers: store.repository(customerMapping),
    families: store.repository(familyMapping),
    contacts: store.repository(contacts),
    leads: store.repository(leadMapping),
    opportunities: store.repository(opportunityMapping),
    evaluations: store.repository(creditEvaluationMapping),
    mappings: [customerMapping, familyMapping, contacts, leadMapping, opportunityMapping, creditEvaluationMapping],
  }
}
