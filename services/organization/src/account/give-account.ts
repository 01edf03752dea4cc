import type { Tx } from '@saleswright/store'
import type { Person } from '../person/person.ts'
import type { Books } from '../repositories.ts'
import { type Account, accountIdOf, accountKey, offerSetup, openAccount } from './account.ts'

/** How an account is called, and where its owner gets mail. */
export type AccountFacts = { readonly accountName: string; readonly email?: string | undefined }

export const namingOf = ({ post }: Pick<Books, 'post'>, personId: string, { accountName, email }: AccountFacts) => ({
  accountName: accountKey(accountName),
  ...(email !== undefined && { email: post.sealed(accountIdOf(personId), email) }),
})

/** Makes the owner's next link to set the password, and mails it. */
export const offerPassword = (tx: Tx, books: Books, account: Account): Account => {
  const offered = tx.save(books.accounts, offerSetup(account, tx.at))
  books.post.tell(tx, offered, 'password_setup')
  return offered
}

/** An account without a password, whose owner is mailed a link to set one. */
export const giveAccount = (
  tx: Tx,
  books: Books,
  { id, companyId }: Pick<Person, 'id' | 'companyId'>,
  facts: AccountFacts,
): Account => offerPassword(tx, books, tx.save(books.accounts, openAccount(id, companyId, namingOf(books, id, facts))))
