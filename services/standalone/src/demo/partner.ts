import { Customer_ChannelTier } from '@saleswright/contracts/saleswright/customers/v1/customer_pb.ts'
import type { Scene } from './scene.ts'
import { ADMINISTRATOR } from './staff.ts'

/** What a partner's program shows at POST /oauth/token. */
export type PartnerAccess = { readonly partner: string; readonly clientId: string; readonly clientSecret: string }

/** The first distributor gets an agreement, and a program that may order: its orders wait for who owns the customer. */
export const admitPartner = async (
  { clients, hands, plan }: Scene,
  customers: readonly string[],
): Promise<PartnerAccess> => {
  const index = plan.buyers.findIndex(({ distributor }) => distributor)
  const customerId = customers[index] ?? ''
  const agreement = { customerId, tier: Customer_ChannelTier.DISTRIBUTOR, activeFrom: plan.since }
  await hands(ADMINISTRATOR.account).step(['partner agreement'], (options) =>
    clients.customers.setPartnerAgreement(agreement, options),
  )
  const application = { partnerId: customerId, name: '经销商订货系统' }
  const made = await hands(ADMINISTRATOR.account).step(['partner application'], (options) =>
    clients.applications.createPartnerApplication(application, options),
  )
  return {
    partner: plan.buyers[index]?.name ?? '',
    clientId: made.application?.clientId ?? '',
    clientSecret: made.clientSecret,
  }
}
