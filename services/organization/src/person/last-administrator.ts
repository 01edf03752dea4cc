import { type BusinessDate, companyScope, conflict } from '@saleswright/kernel'
import type { Tx } from '@saleswright/store'
import { takeTurn } from '../guard.ts'
import type { Books } from '../repositories.ts'
import { todayIn } from '../today.ts'
import { assignmentOn } from './assignments.ts'
import type { Person } from './person.ts'

type Ids = ReadonlySet<string>
type Administering = { readonly roles: Ids; readonly positions: Ids }

/** By a role of their own, or by the position that they hold today and is not planned to end. */
const stays = (person: Person, today: BusinessDate, { roles, positions }: Administering): boolean => {
  const { status, roleIds, assignments, accountName } = person
  if (status === 'left' || accountName === undefined) return false
  if (roleIds.some((id) => roles.has(id))) return true
  const spans = [assignmentOn(assignments, today), assignments.at(-1)]
  return spans.every((span) => span && span.until === undefined && positions.has(span.positionId))
}

const administering = async (tx: Tx, books: Books, companyId: string): Promise<Administering> => {
  const scope = companyScope(companyId)
  const roles = (await tx.findBy(books.roles, scope, { builtIn: true })).map(({ id }) => id)
  const positions = await tx.findBy(books.positions, scope, { roleIds: { $in: roles } })
  return { roles: new Set(roles), positions: new Set(positions.map(({ id }) => id)) }
}

/**
 * `last_administrator` when a change, which has been staged, leaves the company without a person who has the administrator's role, can
 * sign in and stays: nobody could give rights any more. `before` is the person as they were.
 */
export const expectAdministrator = async (tx: Tx, books: Books, before: Person): Promise<void> => {
  const { companyId } = before
  const today = await todayIn(books, companyId, tx.at)
  const means = await administering(tx, books, companyId)
  if (stays(before, today, means)) await expectSomeAdministrator(tx, books, companyId)
}

/** The same for a change that is no single person's. */
export const expectSomeAdministrator = async (tx: Tx, books: Books, companyId: string): Promise<void> => {
  const scope = companyScope(companyId)
  const today = await todayIn(books, companyId, tx.at)
  const means = await administering(tx, books, companyId)
  await takeTurn(tx, books.guards, companyId, 'administrators')
  const holders = await tx.findBy(books.people, scope, {
    $or: [{ roleIds: { $in: [...means.roles] } }, { 'assignments.positionId': { $in: [...means.positions] } }],
  })
  if (!holders.some((person) => stays(person, today, means))) throw conflict('last_administrator')
}
