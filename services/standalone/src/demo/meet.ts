import { Customer_ChannelTier, Customer_Grade } from '@saleswright/contracts/saleswright/customers/v1/customer_pb.ts'
import { Lead_Status } from '@saleswright/contracts/saleswright/customers/v1/lead_pb.ts'
import { Opportunity_Stage } from '@saleswright/contracts/saleswright/customers/v1/opportunity_pb.ts'
import type { Organisation } from './organise.ts'
import { eachOf, type Scene, yuan } from './scene.ts'
import { HISTORY, type Rep } from './staff.ts'

/** Whose a record of the past is: of the rep who made it then, and not of who writes it down now. */
export const ownedBy = ({ people }: Organisation, { account }: Rep) => {
  const id = people.get(account) ?? ''
  return { ownerId: id, recordedFor: id }
}

/** The customer files; their ids in the order of the plan. */
export const meetBuyers = async (scene: Scene, organisation: Organisation): Promise<readonly string[]> => {
  const { clients, hands, plan, done } = scene
  const { step } = hands(HISTORY.account)
  const ids: string[] = []
  await eachOf(
    plan.buyers,
    12,
    async ({ name, sector, region, grade, employees, owner, distributor, since }, index) => {
      const customer = {
        name,
        sector,
        region,
        employees,
        grade: Customer_Grade[grade],
        businessDate: since,
        ...ownedBy(organisation, owner),
        ...(distributor && { channelTier: Customer_ChannelTier.DISTRIBUTOR }),
      }
      const made = await step(['customer', name], (options) => clients.customers.createCustomer(customer, options))
      ids[index] = made.customerId
      done()
    },
  )
  return ids
}

export const meetProspects = (scene: Scene, organisation: Organisation): Promise<void> => {
  const { clients, hands, plan, done } = scene
  const { step } = hands(HISTORY.account)
  return eachOf(plan.prospects, 12, async ({ title, companyName, sku, value, owner, on, status }, index) => {
    const talked = status !== 'NEW' && status !== 'ASSIGNED'
    const lead = {
      title,
      companyName,
      sku,
      expectedValue: yuan(value),
      status: Lead_Status[status],
      businessDate: on,
      ...ownedBy(organisation, owner),
      ...(talked && { contactedOn: on }),
    }
    await step(['lead', String(index)], (options) => clients.leads.createLead(lead, options))
    done()
  })
}

/** Opportunities that are open or lost; those that were won come with their orders. */
export const meetDeals = (scene: Scene, organisation: Organisation, customers: readonly string[]): Promise<void> => {
  const { clients, hands, plan, done } = scene
  const { step } = hands(HISTORY.account)
  return eachOf(plan.deals, 12, async ({ title, buyer, sku, value, on, stage, closedOn, reason }, index) => {
    const owner = plan.buyers[buyer]?.owner
    const deal = {
      title,
      sku,
      customerId: customers[buyer] ?? '',
      expectedValue: yuan(value),
      stage: Opportunity_Stage[stage],
      engagedOn: on,
      businessDate: on,
      ...(owner && ownedBy(organisation, owner)),
      ...(closedOn && { closedOn }),
      ...(reason && { lostReason: reason }),
    }
    await step(['deal', String(index)], (options) => clients.opportunities.createOpportunity(deal, options))
    done()
  })
}
