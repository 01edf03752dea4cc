import {
  type CreatePositionRequestSchema,
  PositionSchema,
  PositionService,
} from '@saleswright/contracts/saleswright/organization/v1/position_pb.ts'
import { newId, readExternalRef } from '@saleswright/kernel'
import { type Implementation, ownCompany, wholeCompany } from '@saleswright/rpc'
import { pageFacts, queryOf, searchFilter } from '@saleswright/store'
import { saveNew } from '../external-ref.ts'
import { givenBy } from '../grant/authority-of.ts'
import { expectCovered } from '../grant/expect-covered.ts'
import { attempt, type GrantAct, type Performer, performerOf } from '../grant/grant-act.ts'
import { expectPermission } from '../reach.ts'
import type { Books } from '../repositories.ts'
import { expectRoles } from '../role/expect-roles.ts'
import { changing } from './change-position.ts'
import { expectLine } from './line.ts'
import { establish, type Position } from './position.ts'
import { positionView } from './position-view.ts'

const factsOf = ({ title, roleIds, reportsToId }: Position) => ({ title, roleIds, reportsToId })

const establishing = (books: Books): GrantAct<typeof CreatePositionRequestSchema, typeof PositionSchema> => ({
  method: PositionService.method.createPosition,
  answer: PositionSchema,
  subject: () => 'positions',
  async perform(tx, request, call) {
    const scope = wholeCompany(call)
    const { companyId } = call.actor
    // Whoever holds the position has its roles: making it is giving rights.
    if (request.roleIds.length > 0) expectPermission(call, 'organization.roles.write')
    const roleIds = [...new Set(request.roleIds)].toSorted()
    const facts = {
      title: request.title,
      roleIds,
      ...(request.reportsToId !== undefined && { reportsToId: request.reportsToId }),
      ...readExternalRef(call.actor, request.externalRef),
    }
    await expectRoles(tx, books, scope, roleIds)
    await expectCovered(tx, books, { call, given: await givenBy(tx, books, { companyId, roleIds }) })
    const decision = establish(newId(), companyId, facts)
    await expectLine(tx, books, decision.next)
    return positionView(await saveNew(tx, books.positions, decision, factsOf))
  },
})

export const positionActs = (books: Books): readonly Performer[] => [
  performerOf(establishing(books)),
  performerOf(changing(books)),
]

export const positionRpc = (books: Books): Implementation<typeof PositionService> => ({
  createPosition: (request, call) => attempt(books, establishing(books), request, call),

  updatePosition: (request, call) => attempt(books, changing(books), request, call),

  getPosition: async ({ positionId }, call) => positionView(await books.positions.get(ownCompany(call), positionId)),

  async listPositions(request, call) {
    const page = await books.positions.list(ownCompany(call), queryOf(request, searchFilter(request.q)))
    return { positions: page.items.map(positionView), ...pageFacts(page) }
  },
})
