import { companyScope } from '@saleswright/kernel'
import type { Tx } from '@saleswright/store'
import { followCase } from '../approval/approval.ts'
import { followDelegation } from '../authority/delegation.ts'
import { settle } from '../person/person.ts'
import type { Books } from '../repositories.ts'
import { todayIn } from '../today.ts'
import { follow, moveUnder, type OrgUnit, pathBelow } from './org-unit.ts'

/**
 * Puts a unit below another one. Everything in and below it goes along: the paths of units and people are written anew, in the
 * same transaction. The caller has taken the turn of the company's tree before it read the two: moves that are right alone could
 * make a ring together.
 */
export const moveUnit = async (tx: Tx, books: Books, unit: OrgUnit, parent: OrgUnit): Promise<OrgUnit> => {
  const { next, events } = moveUnder(unit, parent)
  if (events.length === 0) return unit
  const scope = companyScope(unit.companyId)
  const below = await tx.findBy(books.orgUnits, scope, { orgPath: unit.id, _id: { $ne: unit.id } })
  const people = await tx.findBy(books.people, scope, { orgPath: unit.id })
  const moved = tx.save(books.orgUnits, { next, events })
  for (const other of below) tx.save(books.orgUnits, follow(other, moved))
  for (const person of people) {
    tx.save(
      books.people,
      settle(person, { unitId: person.unitId ?? unit.id, orgPath: pathBelow(moved, person.orgPath ?? []) }),
    )
  }
  await moveOpenCases(tx, books, moved)
  return moved
}

/** What is open of governance goes along as well; what is decided, and what was lent in days that are over, stays (decisions 3). */
const moveOpenCases = async (tx: Tx, books: Books, moved: OrgUnit): Promise<void> => {
  const scope = companyScope(moved.companyId)
  const today = await todayIn(books, moved.companyId, tx.at)
  const pathOf = ({ orgPath = [] }: { readonly orgPath?: readonly string[] }) => pathBelow(moved, orgPath)
  const cases = await tx.findBy(books.approvals, scope, {
    orgPath: moved.id,
    status: { $in: ['pending', 'unroutable'] },
  })
  for (const approval of cases) tx.save(books.approvals, followCase(approval, pathOf(approval)))
  const lent = await tx.findBy(books.delegations, scope, { orgPath: moved.id, until: { $gt: today } })
  for (const delegation of lent) tx.save(books.delegations, followDelegation(delegation, pathOf(delegation)))
}
