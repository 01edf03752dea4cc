import {
  PartnerApplication_Status,
  PartnerApplicationSchema,
  type PartnerApplicationService,
} from '@saleswright/contracts/saleswright/organization/v1/partner_application_pb.ts'
import { etagOf, newId } from '@saleswright/kernel'
import { type Implementation, scopeOf, wholeCompany } from '@saleswright/rpc'
import { pageFacts, queryOf } from '@saleswright/store'
import type { Books } from '../repositories.ts'
import { clientSecret, hashSecret } from './client-secret.ts'
import { disable, type PartnerApplication, register, rotateSecret, type Status } from './partner-application.ts'

const STATUSES = {
  active: PartnerApplication_Status.ACTIVE,
  disabled: PartnerApplication_Status.DISABLED,
} as const satisfies Record<Status, PartnerApplication_Status>

const view = (application: PartnerApplication) => ({
  partnerApplicationId: application.id,
  partnerId: application.partnerId,
  name: application.name,
  clientId: application.clientId,
  status: STATUSES[application.status],
  etag: etagOf(application),
})

export const partnerApplicationRpc = (
  books: Books,
  secret: Uint8Array,
): Implementation<typeof PartnerApplicationService> => {
  /** The answer that is kept for a repeated request has no secret in it: the secret is made again from its etag. */
  const withSecret = (application: { partnerApplicationId?: string; etag?: string }) => ({
    application,
    clientSecret: clientSecret(secret, application.partnerApplicationId ?? '', Number(application.etag)),
  })
  const nextHash = (id: string, version: number): string => hashSecret(clientSecret(secret, id, version + 1))

  return {
    async createPartnerApplication({ partnerId, name }, call) {
      wholeCompany(call)
      const { companyId } = call.actor
      const made = await books.store.answer(call, PartnerApplicationSchema, async (tx) => {
        const id = newId()
        const facts = { companyId, partnerId, name, clientId: newId() }
        return view(tx.save(books.partnerApplications, register(id, facts, nextHash(id, 0))))
      })
      return withSecret(made)
    },

    getPartnerApplication: async ({ partnerApplicationId }, call) =>
      view(await books.partnerApplications.get(scopeOf(call), partnerApplicationId)),

    async listPartnerApplications(request, call) {
      const filter = { partnerId: request.partnerId }
      const page = await books.partnerApplications.list(scopeOf(call), queryOf(request, filter))
      return { partnerApplications: page.items.map(view), ...pageFacts(page) }
    },

    async rotateSecret({ partnerApplicationId: id }, call) {
      const rotated = await books.store.answer(call, PartnerApplicationSchema, async (tx) => {
        const application = await tx.get(books.partnerApplications, scopeOf(call), id)
        const hash = nextHash(id, application.version)
        return view(tx.save(books.partnerApplications, rotateSecret(application, hash, tx.at)))
      })
      return withSecret(rotated)
    },

    disablePartnerApplication: ({ partnerApplicationId: id }, call) =>
      books.store.answer(call, PartnerApplicationSchema, async (tx) => {
        const application = await tx.get(books.partnerApplications, scopeOf(call), id)
        return view(tx.save(books.partnerApplications, disable(application, tx.at)))
      }),
  }
}
