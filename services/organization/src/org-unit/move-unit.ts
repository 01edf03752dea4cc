import { companyScope } from '@saleswright/kernel'
import type { Tx } from '@saleswright/store'
import { settle } from '../person/person.ts'
import type { Books } from '../repositories.ts'
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
  return moved
}
