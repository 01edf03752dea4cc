import { companyScope, unauthenticated } from '@saleswright/kernel'
import type { Call } from '@saleswright/rpc'
import { accountIdOf, revokeSession } from '../account/account.ts'
import type { Books } from '../repositories.ts'
import type { RefreshToken } from './refresh-token.ts'
import { end, renew, type Session } from './session.ts'

/**
 * Takes the next token of a session. One that was used before ends the session, and every access token of it, for one of its two
 * holders is not who they should be; that is stored before it is said.
 */
export const renewSession = async (books: Books, token: RefreshToken | undefined, call: Call): Promise<Session> => {
  if (!token) throw unauthenticated('refresh_token_invalid')
  const scope = companyScope(token.companyId)
  const outcome = await books.store.transact(call, async (tx) => {
    const session = await tx.find(books.sessions, scope, token.sessionId)
    const account = session && (await tx.find(books.accounts, scope, accountIdOf(session.personId)))
    if (!session || !account || account.closed) return 'invalid'
    const renewed = renew(session, token.generation, call.at)
    if (renewed === 'reused') {
      tx.put(books.sessions, end(session, call.at))
      tx.save(books.accounts, revokeSession(account, session.id, 'refresh_token_reused', call.at))
    }
    return typeof renewed === 'string' ? renewed : tx.put(books.sessions, renewed)
  })
  if (typeof outcome === 'string') throw unauthenticated(`refresh_token_${outcome}`)
  return outcome
}
