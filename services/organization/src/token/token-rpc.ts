import type { Log } from '@saleswright/bus'
import {
  JwksSchema,
  type KeyService,
  type TokenService,
} from '@saleswright/contracts/saleswright/organization/v1/token_pb.ts'
import { companyScope, conflict, derivedId, invalidField, newId, unauthenticated } from '@saleswright/kernel'
import { type Implementation, wholeCompany } from '@saleswright/rpc'
import { fitsOne } from '../partner-application/client-secret.ts'
import { goodHashes } from '../partner-application/partner-application.ts'
import { PARTNER_PERMISSIONS } from '../permissions.ts'
import type { Books } from '../repositories.ts'
import { staffClaims } from '../session/staff-claims.ts'
import { whereaboutsBy } from '../whereabouts.ts'
import type { AccessTokens } from './access-tokens.ts'
import type { KeyChain } from './key-chain.ts'
import { believedAt, type SigningKey } from './signing-key.ts'

type Options = {
  readonly books: Books
  readonly accessTokens: AccessTokens
  readonly provesService: (service: string, shown: string) => boolean
  readonly log: Log
}

/** What of the partners' permissions is asked for; everything where nothing is named. */
const askedFor = (scope: string): readonly string[] => {
  const words = scope.split(' ').filter(Boolean)
  const unknown = words.find((word) => !PARTNER_PERMISSIONS.includes(word))
  if (unknown !== undefined) throw invalidField('scope', 'invalid_scope', { scope: unknown })
  return words.length > 0 ? [...new Set(words)].toSorted() : PARTNER_PERMISSIONS
}

export const tokenRpc = ({ books, accessTokens, provesService, log }: Options): Implementation<typeof TokenService> => {
  const whereIs = whereaboutsBy(books.store, 'partner_applications', 'clientId')

  const applicationOf = async (clientId: string) => {
    const where = await whereIs(clientId)
    return where && books.partnerApplications.find(companyScope(where.companyId), where.id)
  }

  return {
    async issuePartnerToken({ clientId, clientSecret, scope }, { at }) {
      const application = await applicationOf(clientId)
      if (!application || !fitsOne(goodHashes(application, at), clientSecret)) throw unauthenticated('invalid_client')
      const permissions = askedFor(scope)
      const { id: sub, companyId, partnerId } = application
      const grants = permissions.map((permission) => `${permission}@partner`)
      const issued = await accessTokens.issue({ sub, kind: 'partner', companyId, partnerId, grants, sid: newId() }, at)
      return { ...issued, scope: permissions.join(' ') }
    },

    async issueJobToken({ companyId, personId, purpose }, { at, actor }) {
      const person = await books.people.get(companyScope(companyId), personId)
      if (person.status === 'left') throw conflict('person_is_left')
      log.info({ companyId, personId, purpose, askedBy: actor.id }, 'a token was given for work in the background')
      return accessTokens.issue(await staffClaims(books, person, newId(), at), at)
    },

    async issueServiceToken({ service, secret }, { at }) {
      if (!provesService(service, secret)) throw unauthenticated('invalid_client')
      const sub = derivedId('service', service)
      return accessTokens.issue({ sub, kind: 'service', companyId: '', grants: [], sid: newId() }, at)
    },
  }
}

const jwk = ({ kid, x }: SigningKey) => ({ kty: 'OKP', crv: 'Ed25519', x, kid, alg: 'EdDSA', use: 'sig' })

export const keyRpc = (books: Books, chain: KeyChain): Implementation<typeof KeyService> => ({
  getJwks: async (_, { at }) => ({ keys: (await chain.believed(at)).map(jwk) }),

  async rotateSigningKey(_, call) {
    wholeCompany(call)
    const answer = await books.store.answer(call, JwksSchema, async (tx) => ({
      keys: believedAt(await chain.rotate(tx), tx.at).map(jwk),
    }))
    chain.forget()
    return answer
  },
})
