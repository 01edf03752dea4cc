import { RoleSchema, type RoleService } from '@saleswright/contracts/saleswright/organization/v1/role_pb.ts'
import { etagOf, expectEtag, invalid, newId, readExternalRef } from '@saleswright/kernel'
import { type Implementation, ownCompany, wholeCompany } from '@saleswright/rpc'
import { pageFacts, queryOf } from '@saleswright/store'
import { saveNew } from '../external-ref.ts'
import { ADMINISTRATOR_GRANTS, isGrant } from '../permissions.ts'
import type { Books } from '../repositories.ts'
import { revokeHolders } from './revoke-holders.ts'
import { change, define, type Role } from './role.ts'

const view = (role: Role) => ({
  roleId: role.id,
  name: role.name,
  grants: [...(role.builtIn ? ADMINISTRATOR_GRANTS : role.grants)],
  ...(role.externalRef && { externalRef: role.externalRef }),
  etag: etagOf(role),
})

const checked = (grants: readonly string[]): readonly string[] => {
  const unknown = grants.find((grant) => !isGrant(grant))
  if (unknown !== undefined) throw invalid('unknown_permission', { grant: unknown })
  return grants
}

export const roleRpc = (books: Books): Implementation<typeof RoleService> => ({
  createRole(request, call) {
    wholeCompany(call)
    const facts = {
      name: request.name,
      grants: checked(request.grants),
      ...readExternalRef(call.actor, request.externalRef),
    }
    const factsOf = ({ name, grants }: Role) => ({ name, grants })
    return books.store.answer(call, RoleSchema, async (tx) =>
      view(await saveNew(tx, books.roles, define(newId(), call.actor.companyId, facts), factsOf)),
    )
  },

  getRole: async ({ roleId }, call) => view(await books.roles.get(ownCompany(call), roleId)),

  updateRole(request, call) {
    const scope = wholeCompany(call)
    const grants = checked(request.grants)
    return books.store.answer(call, RoleSchema, async (tx) => {
      const role = await tx.get(books.roles, scope, request.roleId)
      expectEtag(role, request.etag)
      const decision = change(role, {
        ...(request.name !== undefined && { name: request.name }),
        ...(grants.length > 0 && { grants }),
      })
      if (decision.next.grants.join() !== role.grants.join()) await revokeHolders(tx, books, role)
      return view(tx.save(books.roles, decision))
    })
  },

  async listRoles(request, call) {
    const page = await books.roles.list(ownCompany(call), queryOf(request))
    return { roles: page.items.map(view), ...pageFacts(page) }
  },
})
