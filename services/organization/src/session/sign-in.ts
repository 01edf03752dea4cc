import { createHmac } from 'node:crypto'
import { companyScope, newId, unauthenticated } from '@saleswright/kernel'
import type { Call } from '@saleswright/rpc'
import { type Account, accountKey } from '../account/account.ts'
import { isPassword } from '../account/password.ts'
import { expectUnlocked, noSignIns, refused, type SignIns, signInsIdOf, succeeded } from '../account/sign-ins.ts'
import { INSTALLATION } from '../installation.ts'
import type { Books } from '../repositories.ts'
import { whereaboutsBy } from '../whereabouts.ts'
import { begin, type Session } from './session.ts'

/** So many records count the failures of names that nobody has: guessing names fills no disk. */
const UNKNOWN_NAMES = 4_096

type Credentials = { readonly accountName: string; readonly password: string }

export type SignIn = (credentials: Credentials, call: Call) => Promise<Session>

/**
 * Checks name and password and begins a session. A name that nobody has takes the same way as a wrong password: the same hashing, the
 * same counting, the same answers.
 */
export const signIn = (books: Books, secret: Uint8Array): SignIn => {
  const whereIs = whereaboutsBy(books.store, 'accounts', 'accountName')

  const accountOf = async (name: string): Promise<Account | undefined> => {
    const where = await whereIs(name)
    return where && books.accounts.find(companyScope(where.companyId), where.id)
  }
  const signInsOf = (name: string, account: Account | undefined): SignIns => {
    if (account) return noSignIns(signInsIdOf(account.id), account.companyId, account.personId)
    const bucket = createHmac('sha256', secret).update(`name|${name}`).digest().readUInt32BE() % UNKNOWN_NAMES
    return noSignIns(signInsIdOf(String(bucket)), INSTALLATION, '')
  }

  return async ({ accountName, password }, call) => {
    const name = accountKey(accountName)
    const account = await accountOf(name)
    const none = signInsOf(name, account)
    const scope = companyScope(none.companyId)
    expectUnlocked((await books.signIns.find(scope, none.id)) ?? none, call.at)
    const good = await isPassword(password, account?.closed ? undefined : account?.passwordHash)
    const session = await books.store.transact(call, async (tx) => {
      const signIns = (await tx.find(books.signIns, scope, none.id)) ?? none
      expectUnlocked(signIns, call.at)
      // The password may have been changed, or the account closed, while it was being compared.
      const now = account && (await tx.find(books.accounts, scope, account.id))
      if (!good || now?.passwordHash !== account?.passwordHash || now?.closed) {
        tx.save(books.signIns, refused(signIns, call.at))
        return undefined
      }
      const begun = begin(newId(), none.companyId, none.personId, call.at)
      tx.save(books.signIns, succeeded(signIns, begun.id))
      return tx.put(books.sessions, begun)
    })
    if (!session) throw unauthenticated('sign_in_failed')
    return session
  }
}
