import { newId } from '@saleswright/kernel'
import type { Repository, Sealer, Tx } from '@saleswright/store'
import type { Account } from '../account/account.ts'
import { type Kind, type Letter, write } from './letter.ts'

/** What owners of accounts are told by mail. */
export type Post = {
  readonly sealed: (accountId: string, email: string) => NonNullable<Account['email']>
  readonly opened: (accountId: string, email: NonNullable<Account['email']>) => string
  /** Stages a mail to the owner, at the address that the account has; without one, or without a mail server, nobody is told. */
  readonly tell: (tx: Tx, account: Account, kind: Kind) => void
}

type Options = { readonly letters: Repository<Letter>; readonly sealer: Sealer; readonly goesOut: boolean }

export const postOf = ({ letters, sealer, goesOut }: Options): Post => {
  const at = (accountId: string) => ({ subject: accountId, field: 'email' })
  return {
    sealed: (accountId, email) => sealer.seal(at(accountId), email),
    opened: (accountId, email) => sealer.open(at(accountId), email),
    tell(tx, { email, companyId, personId, setups }, kind) {
      if (!goesOut || !email) return
      const number = kind === 'password_setup' ? { number: setups } : {}
      tx.put(letters, write({ id: newId(), companyId, kind, personId, at: tx.at, email, ...number }))
    },
  }
}
