import { PositionSchema, type PositionService } from '@saleswright/contracts/saleswright/organization/v1/position_pb.ts'
import { etagOf, newId } from '@saleswright/kernel'
import type { Implementation } from '@saleswright/rpc'
import { readExternalRef, saveNew } from '../external-ref.ts'
import { pageFields, queryOf } from '../lists.ts'
import { expectPermission, ownCompany, wholeCompany } from '../reach.ts'
import type { Books } from '../repositories.ts'
import { expectRoles } from '../role/expect-roles.ts'
import { found } from '../search.ts'
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
      ...readExternalRef(call, request.externalRef),
    }
    return books.store.answer(call, PositionSchema, async (tx) => {
      await expectRoles(tx, books, scope, facts.roleIds)
      return view(await saveNew(tx, books.positions, establish(newId(), call.actor.companyId, facts), factsOf))
    })
  },

  getPosition: async ({ positionId }, call) => view(await books.positions.get(ownCompany(call), positionId)),

  async listPositions(request, call) {
    const page = await books.positions.list(ownCompany(call), queryOf(request, { searchKeys: found(request.q) }))
    return { positions: page.items.map(view), ...pageFields(page) }
  },
})
