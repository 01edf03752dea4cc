import { patched, wordOf } from '@saleswright/contracts'
import {
  OrgUnit_Kind,
  OrgUnitSchema,
  OrgUnitService,
  type UpdateOrgUnitRequestSchema,
} from '@saleswright/contracts/saleswright/organization/v1/org_unit_pb.ts'
import { etagOf, expectEtag, invalidField, newId, readExternalRef } from '@saleswright/kernel'
import { type Implementation, ownCompany, scopeOf } from '@saleswright/rpc'
import { pageFacts, queryOf, searchFilter } from '@saleswright/store'
import { saveNew } from '../external-ref.ts'
import { attempt, type GrantAct, type Performer, performerOf } from '../grant/grant-act.ts'
import { takeTurn } from '../guard.ts'
import type { Books } from '../repositories.ts'
import { expectMoveCovered } from './expect-move-covered.ts'
import { moveUnit } from './move-unit.ts'
import { type OrgUnit, open, type UnitKind, update } from './org-unit.ts'

const KINDS = {
  company: OrgUnit_Kind.COMPANY,
  region: OrgUnit_Kind.REGION,
  office: OrgUnit_Kind.OFFICE,
  department: OrgUnit_Kind.DEPARTMENT,
  team: OrgUnit_Kind.TEAM,
} as const satisfies Record<UnitKind, OrgUnit_Kind>

const kindOf = (given: OrgUnit_Kind): UnitKind => {
  const kind = wordOf(KINDS, given)
  if (!kind) throw invalidField('kind', 'org_unit_kind_missing')
  return kind
}

const view = (unit: OrgUnit) => ({
  orgUnitId: unit.id,
  name: unit.name,
  kind: KINDS[unit.kind],
  parentId: unit.parentId ?? '',
  path: [...unit.orgPath],
  ...(unit.purpose !== undefined && { purpose: unit.purpose }),
  ...(unit.externalRef && { externalRef: unit.externalRef }),
  etag: etagOf(unit),
})

const changing = (books: Books): GrantAct<typeof UpdateOrgUnitRequestSchema, typeof OrgUnitSchema> => ({
  method: OrgUnitService.method.updateOrgUnit,
  answer: OrgUnitSchema,
  subject: ({ orgUnitId }) => `org-units/${orgUnitId}`,
  async perform(tx, request, call) {
    const scope = scopeOf(call)
    if (request.parentId !== undefined) await takeTurn(tx, books.guards, call.actor.companyId, 'tree')
    const unit = await tx.get(books.orgUnits, scope, request.orgUnitId)
    expectEtag(unit, request.etag)
    const named = tx.save(books.orgUnits, update(unit, { name: request.name, purpose: patched(request, 'purpose') }))
    if (request.parentId === undefined) return view(named)
    const parent = await tx.get(books.orgUnits, scope, request.parentId)
    await expectMoveCovered(tx, books, { call, unit, parent })
    return view(await moveUnit(tx, books, named, parent))
  },
})

export const orgUnitActs = (books: Books): readonly Performer[] => [performerOf(changing(books))]

export const orgUnitRpc = (books: Books): Implementation<typeof OrgUnitService> => ({
  createOrgUnit(request, call) {
    const facts = {
      name: request.name,
      kind: kindOf(request.kind),
      ...(request.purpose !== undefined && { purpose: request.purpose }),
      ...readExternalRef(call.actor, request.externalRef),
    }
    return books.store.answer(call, OrgUnitSchema, async (tx) => {
      // First of all: the parent may be moving at this moment, and the new path is made from where it is then.
      await takeTurn(tx, books.guards, call.actor.companyId, 'tree')
      const parent = await tx.get(books.orgUnits, scopeOf(call), request.parentId)
      const factsOf = ({ name, kind, parentId, purpose }: OrgUnit) => ({ name, kind, parentId, purpose })
      return view(await saveNew(tx, books.orgUnits, open(newId(), parent, facts), factsOf))
    })
  },

  getOrgUnit: async ({ orgUnitId }, call) => view(await books.orgUnits.get(ownCompany(call), orgUnitId)),

  updateOrgUnit: (request, call) => attempt(books, changing(books), request, call),

  async listOrgUnits(request, call) {
    const { parentId, kind, q } = request
    const filter = { parentId, kind: wordOf(KINDS, kind), ...searchFilter(q) }
    const page = await books.orgUnits.list(ownCompany(call), queryOf(request, filter))
    return { orgUnits: page.items.map(view), ...pageFacts(page) }
  },
})
