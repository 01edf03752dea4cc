import type { SessionService } from '@saleswright/contracts/saleswright/organization/v1/session_pb.ts'
import { companyScope, unauthenticated } from '@saleswright/kernel'
import { type Call, claimsOf, type Implementation } from '@saleswright/rpc'
import { accountIdOf, revokeSession } from '../account/account.ts'
import type { Books } from '../repositories.ts'
import type { AccessTokens } from '../token/access-tokens.ts'
import { changePassword } from './change-password.ts'
import type { RefreshTokens } from './refresh-token.ts'
import { renewSession } from './renew-session.ts'
import { end, type Session } from './session.ts'
import type { SignIn } from './sign-in.ts'
import { staffClaims } from './staff-claims.ts'

type Options = {
  readonly books: Books
  readonly signIn: SignIn
  readonly accessTokens: AccessTokens
  readonly refreshTokens: RefreshTokens
  readonly secret: Uint8Array
}

export const sessionRpc = (options: Options): Implementation<typeof SessionService> => {
  const { books, signIn, accessTokens, refreshTokens, secret } = options

  const tokensOf = async (session: Session, at: Date) => {
    const { id: sessionId, companyId, personId, generation } = session
    const scope = companyScope(companyId)
    const [person, account] = await Promise.all([
      books.people.get(scope, personId),
      books.accounts.get(scope, accountIdOf(personId)),
    ])
    const access = await accessTokens.issue(await staffClaims(books, person, sessionId, at), issuedAt(at, account))
    return { ...access, refreshToken: refreshTokens.issue({ companyId, sessionId, generation }) }
  }

  return {
    createSession: async (request, call) => tokensOf(await signIn(request, call), call.at),

    refreshSession: async ({ refreshToken }, call) =>
      tokensOf(await renewSession(books, refreshTokens.read(refreshToken), call), call.at),

    async endSession(_, call) {
      const { sid } = claimsOf(call.token)
      const scope = companyScope(call.actor.companyId)
      await books.store.transact(call, async (tx) => {
        const session = await tx.find(books.sessions, scope, sid)
        const account = await tx.find(books.accounts, scope, accountIdOf(call.actor.id))
        if (!session || session.endedAt || !account) return
        tx.put(books.sessions, end(session, call.at))
        tx.save(books.accounts, revokeSession(account, sid, 'signed_out', call.at))
      })
      return {}
    },

    getMe: (_, call) => me(books, call),

    changePassword: (request, call) => changePassword(books, secret, request, call).then(() => ({})),
  }
}

/** A token says its time to the second: behind a revocation it must say a later one to be told from those before. */
const issuedAt = (at: Date, { revokedAt }: { readonly revokedAt?: Date | undefined }): Date => {
  const behind = revokedAt ? Math.ceil(revokedAt.getTime() / 1000) * 1000 : 0
  return new Date(Math.max(at.getTime(), behind))
}

const me = async (books: Books, { actor, token }: Call) => {
  const person = await books.people.find(companyScope(actor.companyId), actor.id)
  if (!person) throw unauthenticated('token_invalid')
  return {
    personId: person.id,
    displayName: person.displayName,
    accountName: person.accountName ?? '',
    companyId: actor.companyId,
    unitId: actor.unitId ?? '',
    partnerId: actor.partnerId ?? '',
    grants: [...claimsOf(token).grants],
  }
}
