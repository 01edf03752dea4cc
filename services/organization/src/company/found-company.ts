import { type BusinessDate, businessDateOf, newId } from '@saleswright/kernel'
import type { Tx } from '@saleswright/store'
import { setPassword } from '../account/account.ts'
import { type AccountFacts, giveAccount } from '../account/give-account.ts'
import { openRoot } from '../org-unit/org-unit.ts'
import { ADMINISTRATOR_GRANTS } from '../permissions.ts'
import { hire } from '../person/person.ts'
import { establish } from '../position/position.ts'
import type { Books } from '../repositories.ts'
import { define } from '../role/role.ts'
import { type Company, type CompanyFacts, found } from './company.ts'

export type Administrator = AccountFacts & {
  readonly displayName: string
  /** Of whoever sets up the installation; every other administrator gets a link. */
  readonly passwordHash?: string | undefined
}

const TITLE = '系统管理员'

/** A company as it begins: its root unit, and one person who may do everything in it. */
export const foundCompany = (
  tx: Tx,
  books: Books,
  facts: CompanyFacts & { readonly from?: BusinessDate | undefined },
  administrator: Administrator,
): Company => {
  const { from, ...rest } = facts
  const [companyId, rootId, personId] = [newId(), newId(), newId()]
  const company = tx.save(books.companies, found(companyId, rootId, rest))
  const root = tx.save(books.orgUnits, openRoot(rootId, companyId, facts.name))
  const role = tx.save(
    books.roles,
    define(newId(), companyId, { name: TITLE, grants: ADMINISTRATOR_GRANTS, builtIn: true }),
  )
  const position = tx.save(books.positions, establish(newId(), companyId, { title: TITLE, roleIds: [role.id] }))
  const { accountName, displayName, email, passwordHash } = administrator
  const assignment = {
    orgUnitId: root.id,
    positionId: position.id,
    from: from ?? businessDateOf(tx.at, facts.timeZone),
  }
  const person = { companyId, displayName, roleIds: [role.id], accountName }
  const hired = tx.save(books.people, hire(personId, person, assignment, root))
  const account = giveAccount(tx, books, hired, { accountName, email })
  if (passwordHash !== undefined) tx.save(books.accounts, setPassword(account, passwordHash))
  return company
}
