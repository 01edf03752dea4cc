import { type BusinessDate, conflict } from '@saleswright/kernel'
import type { Tx } from '@saleswright/store'
import type { Person } from '../person/person.ts'
import type { Books } from '../repositories.ts'
import { grantsOn } from '../role/grants-of-person.ts'

const DECIDE = 'organization.approvals.decide'

/** Without the permission every attempt to decide is refused, whatever seat somebody has. */
export const mayDecide = async (tx: Tx, books: Books, person: Person, date: BusinessDate): Promise<boolean> => {
  const grants = await grantsOn(tx, books, person, date)
  return grants.some((grant) => grant.startsWith(`${DECIDE}@`))
}

/** `person_cannot_decide`: a seat or a delegation would be of no use to the person on that day. */
export const expectMayDecide = async (tx: Tx, books: Books, person: Person, date: BusinessDate): Promise<void> => {
  if (!(await mayDecide(tx, books, person, date))) throw conflict('person_cannot_decide', { permission: DECIDE })
}
