import { ContactService } from '@saleswright/contracts/saleswright/customers/v1/contact_pb.ts'
import { CreditEvaluationService } from '@saleswright/contracts/saleswright/customers/v1/credit_evaluation_pb.ts'
import { CustomerService } from '@saleswright/contracts/saleswright/customers/v1/customer_pb.ts'
import { LeadService } from '@saleswright/contracts/saleswright/customers/v1/lead_pb.ts'
import { OpportunityService } from '@saleswright/contracts/saleswright/customers/v1/opportunity_pb.ts'
import { newId } from '@saleswright/kernel'
import { client } from '@saleswright/rpc'
import { openSuite } from '@saleswright/testing'
import { customers } from '../src/service.ts'
import { organizationOf } from './organization.ts'

export const NOW = new Date('2026-03-10T04:00:00Z')
export const [COMPANY, ROOT, EAST, SHOP, WEST] = Array.from({ length: 5 }, newId) as [
  string,
  string,
  string,
  string,
  string,
]

/** All of what a person may do in this service, as far as `reach` goes. */
export const everything = (reach: string) =>
  [
    'customers.read',
    'customers.write',
    'customers.handover',
    'contacts.read',
    'contacts.write',
    'leads.read',
    'leads.write',
    'leads.assign',
    'opportunities.read',
    'opportunities.write',
    'credit.read',
    'credit.write',
  ].map((permission) => `${permission}@${reach}`)

/** The service on engines of its own, beside as much of an organization as it needs. */
export const openStage = async () => {
  const organization = organizationOf(COMPANY, ROOT)
  const suite = await openSuite([organization.definition, customers], { clock: { now: () => NOW } })
  const { hosted, mongo } = suite
  return {
    hosted,
    mongo,
    organization,
    ...facesOf(suite),
    /** The events of one record, in order, as consumers see them. */
    told: suite.toldBy('customers').told,
    /** Somebody with a seat. */
    someone: (orgPath: readonly string[], grants: readonly string[]) =>
      suite.caller({ sub: organization.seat(orgPath), companyId: COMPANY, unitId: orgPath.at(-1) ?? '', grants }),
    partner: (partnerId: string) => suite.partner({ companyId: COMPANY, partnerId }, ['customers.read']),
  }
}

const facesOf = ({ hosted, serviceToken }: Awaited<ReturnType<typeof openSuite>>) => ({
  customers: client(CustomerService, hosted.transportOf(CustomerService), serviceToken),
  contacts: client(ContactService, hosted.transportOf(ContactService)),
  leads: client(LeadService, hosted.transportOf(LeadService)),
  opportunities: client(OpportunityService, hosted.transportOf(OpportunityService)),
  credit: client(CreditEvaluationService, hosted.transportOf(CreditEvaluationService)),
})
