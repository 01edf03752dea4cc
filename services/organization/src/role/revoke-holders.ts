import { companyScope } from '@saleswright/kernel'
import type { Tx } from '@saleswright/store'
import { revokeAll } from '../account/account.ts'
import { renewDeputies } from '../authority/deputy.ts'
import type { Books } from '../repositories.ts'
import type { Role } from './role.ts'

/** What a role opens has changed: the tokens of everybody who has it, or ever held a position with it, are renewed at once. */
export const revokeHolders = async (tx: Tx, books: Books, role: Role): Promise<void> => {
  const scope = companyScope(role.companyId)
  const positions = await tx.findBy(books.positions, scope, { roleIds: role.id })
  const holders = await tx.findBy(books.people, scope, {
    $or: [{ roleIds: role.id }, { 'assignments.positionId': { $in: positions.map(({ id }) => id) } }],
  })
  const personIds = holders.map(({ id }) => id)
  const accounts = await tx.findBy(books.accounts, scope, { personId: { $in: personIds } })
  for (const account of accounts) tx.save(books.accounts, revokeAll(account, 'role_changed', tx.at))
  await renewDeputies(tx, books, { companyId: role.companyId, personIds }, 'role_changed')
}
