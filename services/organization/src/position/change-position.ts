import { patched } from '@saleswright/contracts'
import {
  PositionSchema,
  PositionService,
  type UpdatePositionRequestSchema,
} from '@saleswright/contracts/saleswright/organization/v1/position_pb.ts'
import { companyScope, expectEtag } from '@saleswright/kernel'
import { wholeCompany } from '@saleswright/rpc'
import type { Tx } from '@saleswright/store'
import { rerouteUnroutable } from '../approval/reroute.ts'
import { givenBy } from '../grant/authority-of.ts'
import { expectCovered, type GrantingCall } from '../grant/expect-covered.ts'
import type { GrantAct } from '../grant/grant-act.ts'
import { lastingAssignments } from '../person/assignments.ts'
import { expectSomeAdministrator } from '../person/last-administrator.ts'
import type { Person } from '../person/person.ts'
import { renewTokens } from '../person/transfer.ts'
import { expectPermission } from '../reach.ts'
import type { Books } from '../repositories.ts'
import { expectRoles } from '../role/expect-roles.ts'
import { todayIn } from '../today.ts'
import { expectLine } from './line.ts'
import { change, type Position } from './position.ts'
import { positionView } from './position-view.ts'

type Change = { readonly call: GrantingCall; readonly before: Position; readonly next: Position }

/** Roles that are added are given to every holder, at each place where they hold the position, and to whoever takes it later. */
const expectAddedCovered = async (
  tx: Tx,
  books: Books,
  { call, before, next }: Change,
  holders: readonly Person[],
): Promise<void> => {
  const { companyId, id } = before
  const roleIds = next.roleIds.filter((roleId) => !before.roleIds.includes(roleId))
  if (roleIds.length === 0) return
  await expectCovered(tx, books, { call, given: await givenBy(tx, books, { companyId, roleIds }) })
  const today = await todayIn(books, companyId, tx.at)
  for (const receiver of holders) {
    const places = lastingAssignments(receiver.assignments, today).filter(({ positionId }) => positionId === id)
    for (const { orgUnitId } of places) {
      const { orgPath } = await tx.get(books.orgUnits, companyScope(companyId), orgUnitId)
      await expectCovered(tx, books, {
        call,
        given: await givenBy(tx, books, { companyId, roleIds, orgPath }),
        receiver,
      })
    }
  }
}

/** What the holders may do is another from now on. */
const changeRoles = async (tx: Tx, books: Books, { call, before, next }: Change): Promise<void> => {
  const { companyId, id } = before
  const scope = companyScope(companyId)
  expectPermission(call, 'organization.roles.write')
  await expectRoles(tx, books, scope, next.roleIds)
  const holders = await tx.findBy(books.people, scope, { status: 'active', 'assignments.positionId': id })
  await expectAddedCovered(tx, books, { call, before, next }, holders)
  for (const holder of holders) await renewTokens(tx, books, holder, 'role_changed')
}

export const changing = (books: Books): GrantAct<typeof UpdatePositionRequestSchema, typeof PositionSchema> => ({
  method: PositionService.method.updatePosition,
  answer: PositionSchema,
  subject: ({ positionId }) => `positions/${positionId}`,
  async perform(tx, request, call) {
    const before = await tx.get(books.positions, wholeCompany(call), request.positionId)
    expectEtag(before, request.etag)
    const decision = change(before, {
      title: request.title,
      reportsToId: patched(request, 'reportsToId'),
      ...(request.roleIds.length > 0 && { roleIds: [...new Set(request.roleIds)].toSorted() }),
    })
    const { next } = decision
    if (next.reportsToId !== before.reportsToId) await expectLine(tx, books, next)
    const isOtherInRoles = next.roleIds.join() !== before.roleIds.join()
    if (isOtherInRoles) await changeRoles(tx, books, { call, before, next })
    const changed = tx.save(books.positions, decision)
    if (isOtherInRoles) {
      await expectSomeAdministrator(tx, books, before.companyId)
      await rerouteUnroutable(tx, books, before.companyId)
    }
    return positionView(changed)
  },
})
