import { companyScope, covers } from '@saleswright/kernel'
import { type Delegation, lends } from '../authority/delegation.ts'
import { GRANT } from '../grant/grant-snapshot.ts'
import type { Books } from '../repositories.ts'
import { todayIn } from '../today.ts'
import type { Person } from './approval.ts'

type Actor = { readonly id: string; readonly companyId: string }

/** What others have lent to a person today. */
export const lentTo = async (books: Books, { id, companyId }: Actor, at: Date): Promise<readonly Delegation[]> => {
  const today = await todayIn(books, companyId, at)
  const received = await books.delegations.findBy(companyScope(companyId), { toPersonId: id })
  return received.filter((delegation) => covers(delegation, today))
}

/** A caller as somebody who decides cases of a class: with those in whose stead they may do so today. */
export const actingPerson = async (books: Books, actor: Actor, at: Date, caseClass: string): Promise<Person> => {
  // Who agrees to a grant has it: a delegate has what was lent to decide, and not the rights of who lent it.
  if (caseClass === GRANT) return { id: actor.id, actsFor: [] }
  const today = await todayIn(books, actor.companyId, at)
  const lent = (await lentTo(books, actor, at)).filter((delegation) => lends(delegation, caseClass, today))
  return { id: actor.id, actsFor: [...new Set(lent.map(({ fromPersonId }) => fromPersonId))].toSorted() }
}
