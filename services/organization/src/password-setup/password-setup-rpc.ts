import { instant } from '@saleswright/contracts'
import type { PasswordSetupService } from '@saleswright/contracts/saleswright/organization/v1/password_setup_pb.ts'
import { companyScope, conflict, notFound } from '@saleswright/kernel'
import type { Call, Implementation } from '@saleswright/rpc'
import type { PasswordSetup, PasswordSetupTokens } from '@saleswright/service'
import {
  type Account,
  accountIdOf,
  accountKey,
  isSetupGood,
  offerSetup,
  revokeAll,
  setPassword,
} from '../account/account.ts'
import { checkPassword, hashPassword } from '../account/password.ts'
import { endSessions } from '../person/leave-person.ts'
import type { Books } from '../repositories.ts'
import { whereaboutsBy } from '../whereabouts.ts'

const invalidLink = () => conflict('password_setup_invalid')

const accountFor = async (books: Books, setup: PasswordSetup | undefined, at: Date): Promise<Account> => {
  const account = setup && (await books.accounts.find(companyScope(setup.companyId), accountIdOf(setup.personId)))
  if (!account || !isSetupGood(account, setup.number, at)) throw invalidLink()
  return account
}

export const passwordSetupRpc = (
  books: Books,
  tokens: PasswordSetupTokens,
): Implementation<typeof PasswordSetupService> => {
  const whereIs = whereaboutsBy(books.store, 'accounts', 'accountName')

  const setUp = async (setup: PasswordSetup, passwordHash: string, call: Call): Promise<Account> =>
    books.store.transact(call, async (tx) => {
      const account = await tx.get(books.accounts, companyScope(setup.companyId), accountIdOf(setup.personId))
      // It may have been used, or another one made, while the password was hashed.
      if (!isSetupGood(account, setup.number, call.at)) throw invalidLink()
      await endSessions(tx, books, account)
      const set = tx.save(books.accounts, setPassword(account, passwordHash))
      const saved = tx.save(books.accounts, revokeAll(set, 'password_changed', call.at))
      books.post.tell(tx, saved, 'password_changed')
      return saved
    })

  return {
    async setUpPassword({ token, password }, call) {
      const setup = tokens.read(token)
      const { accountName } = await accountFor(books, setup, call.at)
      if (!setup) throw invalidLink()
      checkPassword(password, accountName)
      await setUp(setup, await hashPassword(password), call)
      return { accountName }
    },

    async openPasswordSetup({ accountName }, call) {
      const where = await whereIs(accountKey(accountName))
      if (!where) throw notFound('account', accountName)
      return books.store.transact(call, async (tx) => {
        const account = await tx.get(books.accounts, companyScope(where.companyId), where.id)
        if (account.closed) throw conflict('person_is_left')
        const { companyId, personId, setups = 0, setupUntil } = tx.save(books.accounts, offerSetup(account, call.at))
        return { companyId, personId, number: setups, ...(setupUntil && { until: instant(setupUntil) }) }
      })
    },
  }
}
