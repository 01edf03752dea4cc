import { companyScope } from '@saleswright/kernel'
import type { Tx } from '@saleswright/store'
import { expectCovered, type GrantingCall } from '../grant/expect-covered.ts'
import { lastingAssignments } from '../person/assignments.ts'
import type { Books } from '../repositories.ts'
import { todayIn } from '../today.ts'
import type { Role } from './role.ts'

type Change = { readonly call: GrantingCall; readonly role: Role; readonly next: Role }

/** A role that opens more gives it to everybody who has it, at each of their places, and to whoever gets it later. */
export const expectHoldersCovered = async (tx: Tx, books: Books, { call, role, next }: Change): Promise<void> => {
  const added = next.grants.filter((grant) => !role.grants.includes(grant))
  if (added.length === 0) return
  const scope = companyScope(role.companyId)
  await expectCovered(tx, books, { call, given: added.map((grant) => ({ grant })) })
  const today = await todayIn(books, role.companyId, tx.at)
  const positions = (await tx.findBy(books.positions, scope, { roleIds: role.id })).map(({ id }) => id)
  const holders = await tx.findBy(books.people, scope, {
    status: 'active',
    $or: [{ roleIds: role.id }, { 'assignments.positionId': { $in: positions } }],
  })
  for (const receiver of holders) {
    const places = lastingAssignments(receiver.assignments, today).filter(
      ({ positionId }) => receiver.roleIds.includes(role.id) || positions.includes(positionId),
    )
    const units = await Promise.all(places.map(({ orgUnitId }) => tx.get(books.orgUnits, scope, orgUnitId)))
    const given = units.flatMap(({ orgPath }) => added.map((grant) => ({ grant, orgPath })))
    await expectCovered(tx, books, { call, given, receiver })
  }
}
