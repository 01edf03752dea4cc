import type { Scene } from './scene.ts'
import { ADMINISTRATOR } from './staff.ts'

/** What a partner's program shows at POST /oauth/token. */
export type PartnerAccess = { readonly partner: string; readonly clientId: string; readonly clientSecret: string }

/** The first distributor gets a program that may order. */
export const admitPartner = async (
  { clients, hands, plan }: Scene,
  customers: readonly string[],
): Promise<PartnerAccess> => {
  const index = plan.buyers.findIndex(({ distributor }) => distributor)
  const application = { partnerId: customers[index] ?? '', name: '经销商订货系统' }
  const made = await hands(ADMINISTRATOR.account).step(['partner application'], (options) =>
    clients.applications.createPartnerApplication(application, options),
  )
  return {
    partner: plan.buyers[index]?.name ?? '',
    clientId: made.application?.clientId ?? '',
    clientSecret: made.clientSecret,
  }
}
