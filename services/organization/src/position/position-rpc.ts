import { PositionSchema, type PositionService } from '@saleswright/contracts/saleswright/organization/v1/position_pb.ts'
import { etagOf, newId, readExternalRef } from '@saleswright/kernel'
import { type Implementation, ownCompany, wholeCompany } from '@saleswright/rpc'
import { pageFacts, queryOf, searchFilter } from '@saleswright/store'
import { saveNew } from '../external-ref.ts'
import { expectPermission } from '../reach.ts'
import type { Books } from '../repositories.ts'
import { expectRoles } from '../role/expect-roles.ts'
import { establish, type Position } from './position.ts'

const view = (position: Position) => ({
  positionId: position.id,
  title: position.title,
  roleIds: [...position.roleIds],
  ...(position.headcount !== undefined && { headcount: position.headcount }),
  ...(position.externalRef && { externalRef: position.externalRef }),
  etag: etagOf(position),
})

const factsOf = ({ title, roleIds, headcount }: Position) => ({ title, roleIds, headcount })

export const positionRpc = (books: Books): Implementation<typeof PositionService> => ({
  createPosition(request, call) {
    const scope = wholeCompany(call)
    // Whoever holds the position has its roles: making it is giving rights.
    if (request.roleIds.length > 0) expectPermission(call, 'organization.roles.write')
    const facts = {
      title: request.title,
      roleIds: [...new Set(request.roleIds)].toSorted(),
      ...(request.headcount !== undefined && { headcount: request.headcount }),
      ...readExternalRef(call.actor, request.externalRef),
    }
    return books.store.answer(call, PositionSchema, async (tx) => {
      await expectRoles(tx, books, scope, facts.roleIds)
      return view(await saveNew(tx, books.positions, establish(newId(), call.actor.companyId, facts), factsOf))
    })
  },

  getPosition: async ({ positionId }, call) => view(await books.positions.get(ownCompany(call), positionId)),

  async listPositions(request, call) {
    const page = await books.positions.list(ownCompany(call), queryOf(request, searchFilter(request.q)))
    return { positions: page.items.map(view), ...pageFacts(page) }
  },
})
