import { companyScope } from '@saleswright/kernel'
import type { Tx } from '@saleswright/store'
import type { Need } from '../approval/approval.ts'
import { mayDecide } from '../approval/right-to-decide.ts'
import type { Books } from '../repositories.ts'
import { todayIn } from '../today.ts'
import { authorityOf } from './authority-of.ts'
import { exceeding, type Given } from './cover.ts'
import { readSnapshot } from './grant-snapshot.ts'

/** Those whose roles may be enough: built in, or with one of the permissions; whether they are is looked at one by one. */
const candidates = async (tx: Tx, books: Books, companyId: string, given: readonly Given[]) => {
  const scope = companyScope(companyId)
  const permissions = new Set(given.flatMap((one) => ('grant' in one ? [one.grant.split('@')[0] ?? ''] : [])))
  const roles = await tx.findBy(books.roles, scope, {})
  const fitting = roles.filter(
    ({ builtIn, grants }) =>
      builtIn || permissions.size === 0 || grants.some((grant) => permissions.has(grant.split('@')[0] ?? '')),
  )
  const roleIds = { $in: fitting.map(({ id }) => id) }
  const positions = await tx.findBy(books.positions, scope, { roleIds })
  const positionIds = { $in: positions.map(({ id }) => id) }
  return tx.findBy(books.people, scope, {
    status: 'active',
    $or: [{ roleIds }, { 'assignments.positionId': positionIds }],
  })
}

type Case = Need & { readonly companyId: string }

/** Everybody who has what a case would give and may decide, except those with an interest. */
export const grantApproversFor = async (
  tx: Tx,
  books: Books,
  { companyId, snapshot }: Case,
  excluded: readonly string[],
): Promise<readonly string[]> => {
  const today = await todayIn(books, companyId, tx.at)
  const { given } = readSnapshot(snapshot)
  const ids: string[] = []
  for (const person of await candidates(tx, books, companyId, given)) {
    if (excluded.includes(person.id) || !(await mayDecide(tx, books, person, today))) continue
    if (exceeding(given, await authorityOf(tx, books, person, today)).length === 0) ids.push(person.id)
  }
  return ids.toSorted()
}
