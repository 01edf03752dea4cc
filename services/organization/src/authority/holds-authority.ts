import { type BusinessDate, companyScope, type Money } from '@saleswright/kernel'
import { assignmentOn } from '../person/assignments.ts'
import type { Books } from '../repositories.ts'
import { allows, classesServing } from './authority-rule.ts'

type Asked = {
  readonly companyId: string
  readonly personId: string
  readonly class: string
  readonly amount?: Money | undefined
  readonly date: BusinessDate
}

/** Whether a person's position on a day carries the authority for a case of the class and amount, or for a stricter one. */
export const holdsAuthority = async (books: Books, asked: Asked): Promise<boolean> => {
  const { companyId, personId, amount, date } = asked
  const scope = companyScope(companyId)
  const person = await books.people.find(scope, personId)
  const place = person && assignmentOn(person.assignments, date)
  if (!place) return false
  const { positionId } = place
  const rules = await books.authorityRules.findBy(scope, { positionId, class: { $in: classesServing(asked.class) } })
  return rules.some((rule) => allows(rule, amount, date))
}
