import {
  type CreatePartnerApplicationRequestSchema,
  PartnerApplication_Status,
  PartnerApplicationSchema,
  PartnerApplicationService,
} from '@saleswright/contracts/saleswright/organization/v1/partner_application_pb.ts'
import { etagOf, newId } from '@saleswright/kernel'
import { type Implementation, scopeOf, wholeCompany } from '@saleswright/rpc'
import { pageFacts, queryOf } from '@saleswright/store'
import { expectCovered, expectHasAll } from '../grant/expect-covered.ts'
import { attempt, type GrantAct, type Performer, performerOf } from '../grant/grant-act.ts'
import { PARTNER_PERMISSIONS } from '../permissions.ts'
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

const nextHash = (secret: Uint8Array, id: string, version: number): string =>
  hashSecret(clientSecret(secret, id, version + 1))

/** What a program of a partner may do, over the partner's rows. */
const PARTNER_GRANTS = PARTNER_PERMISSIONS.map((permission) => ({ grant: `${permission}@partner` }))

const registering = (
  books: Books,
  secret: Uint8Array,
): GrantAct<typeof CreatePartnerApplicationRequestSchema, typeof PartnerApplicationSchema> => ({
  method: PartnerApplicationService.method.createPartnerApplication,
  answer: PartnerApplicationSchema,
  subject: ({ partnerId }) => `customers/${partnerId}`,
  async perform(tx, { partnerId, name }, call) {
    wholeCompany(call)
    await expectCovered(tx, books, { call, given: PARTNER_GRANTS })
    const id = newId()
    const facts = { companyId: call.actor.companyId, partnerId, name, clientId: newId() }
    return view(tx.save(books.partnerApplications, register(id, facts, nextHash(secret, id, 0))))
  },
})

export const partnerApplicationActs = (books: Books, secret: Uint8Array): readonly Performer[] => [
  performerOf(registering(books, secret)),
]

export const partnerApplicationRpc = (
  books: Books,
  secret: Uint8Array,
): Implementation<typeof PartnerApplicationService> => {
  /** The answer that is kept for a repeated request has no secret in it: the secret is made again from its etag. */
  const withSecret = (application: { partnerApplicationId?: string; etag?: string }) => ({
    application,
    clientSecret: clientSecret(secret, application.partnerApplicationId ?? '', Number(application.etag)),
  })
  return {
    createPartnerApplication: async (request, call) =>
      withSecret(await attempt(books, registering(books, secret), request, call)),

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
        // Who has the secret acts as the partner.
        await expectHasAll(tx, books, { call, given: PARTNER_GRANTS })
        const hash = nextHash(secret, id, application.version)
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
