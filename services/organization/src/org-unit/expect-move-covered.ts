import { companyScope } from '@saleswright/kernel'
import type { Tx } from '@saleswright/store'
import { givenAt } from '../grant/authority-of.ts'
import { expectCovered, type GrantingCall } from '../grant/expect-covered.ts'
import { lastingAssignments } from '../person/assignments.ts'
import type { Books } from '../repositories.ts'
import { todayIn } from '../today.ts'
import type { OrgUnit } from './org-unit.ts'

type Move = { readonly call: GrantingCall; readonly unit: OrgUnit; readonly parent: OrgUnit }

/** A unit that comes below others gives its rows to those up there whose grants reach downwards. */
export const expectMoveCovered = async (tx: Tx, books: Books, { call, unit, parent }: Move): Promise<void> => {
  const above = parent.orgPath.filter((id) => !unit.orgPath.includes(id))
  if (above.length === 0) return
  const today = await todayIn(books, unit.companyId, tx.at)
  const people = await tx.findBy(books.people, companyScope(unit.companyId), {
    status: 'active',
    'assignments.orgUnitId': { $in: above },
  })
  for (const receiver of people) {
    const places = lastingAssignments(receiver.assignments, today).filter(({ orgUnitId }) => above.includes(orgUnitId))
    const given = (await Promise.all(places.map((place) => givenAt(tx, books, receiver, place)))).flat()
    const downwards = given.flatMap((one) =>
      'grant' in one && one.grant.endsWith('@subtree') ? [{ grant: one.grant, orgPath: unit.orgPath }] : [],
    )
    await expectCovered(tx, books, { call, given: downwards, receiver })
  }
}
