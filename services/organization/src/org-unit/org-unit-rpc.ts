import { wordOf } from '@saleswright/contracts'
import {
  OrgUnit_Kind,
  OrgUnitSchema,
  type OrgUnitService,
} from '@saleswright/contracts/saleswright/organization/v1/org_unit_pb.ts'
import { etagOf, expectEtag, invalid, newId, readExternalRef } from '@saleswright/kernel'
import { type Implementation, ownCompany, scopeOf } from '@saleswright/rpc'
import { pageFacts, queryOf, searchFilter } from '@saleswright/store'
import { saveNew } from '../external-ref.ts'
import { takeTurn } from '../guard.ts'
import type { Books } from '../repositories.ts'
import { moveUnit } from './move-unit.ts'
import { type OrgUnit, open, rename, type UnitKind } from './org-unit.ts'

const KINDS = {
  company: OrgUnit_Kind.COMPANY,
  region: OrgUnit_Kind.REGION,
  office: OrgUnit_Kind.OFFICE,
  department: OrgUnit_Kind.DEPARTMENT,
  team: OrgUnit_Kind.TEAM,
} as const satisfies Record<UnitKind, OrgUnit_Kind>

const kindOf = (given: OrgUnit_Kind): UnitKind => {
  const kind = wordOf(KINDS, given)
  if (!kind) throw invalid('org_unit_kind_missing')
  return kind
}

const view = (unit: OrgUnit) => ({
  orgUnitId: unit.id,
  name: unit.name,
  kind: KINDS[unit.kind],
  parentId: unit.parentId ?? '',
  path: [...unit.orgPath],
  ...(unit.externalRef && { externalRef: unit.externalRef }),
  etag: etagOf(unit),
})

export const orgUnitRpc = (books: Books): Implementation<typeof OrgUnitService> => ({
  createOrgUnit(request, call) {
    const facts = {
      name: request.name,
      kind: kindOf(request.kind),
      ...readExternalRef(call.actor, request.externalRef),
    }
    return books.store.answer(call, OrgUnitSchema, async (tx) => {
      // First of all: the parent may be moving at this moment, and the new path is made from where it is then.
      await takeTurn(tx, books.guards, call.actor.companyId, 'tree')
      const parent = await tx.get(books.orgUnits, scopeOf(call), request.parentId)
      const factsOf = ({ name, kind, parentId }: OrgUnit) => ({ name, kind, parentId })
      return view(await saveNew(tx, books.orgUnits, open(newId(), parent, facts), factsOf))
    })
  },

  getOrgUnit: async ({ orgUnitId }, call) => view(await books.orgUnits.get(ownCompany(call), orgUnitId)),

  updateOrgUnit: (request, call) =>
    books.store.answer(call, OrgUnitSchema, async (tx) => {
      const scope = scopeOf(call)
      if (request.parentId !== undefined) await takeTurn(tx, books.guards, call.actor.companyId, 'tree')
      const unit = await tx.get(books.orgUnits, scope, request.orgUnitId)
      expectEtag(unit, request.etag)
      const named = request.name === undefined ? unit : tx.save(books.orgUnits, rename(unit, request.name))
      if (request.parentId === undefined) return view(named)
      return view(await moveUnit(tx, books, named, await tx.get(books.orgUnits, scope, request.parentId)))
    }),

  async listOrgUnits(request, call) {
    const filter = { parentId: request.parentId, ...searchFilter(request.q) }
    const page = await books.orgUnits.list(ownCompany(call), queryOf(request, filter))
    return { orgUnits: page.items.map(view), ...pageFacts(page) }
  },
})
