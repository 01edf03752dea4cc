import {
  type CreateRoleRequestSchema,
  RoleSchema,
  RoleService,
  type UpdateRoleRequestSchema,
} from '@saleswright/contracts/saleswright/organization/v1/role_pb.ts'
import { etagOf, expectEtag, invalid, newId, readExternalRef } from '@saleswright/kernel'
import { type Implementation, ownCompany, wholeCompany } from '@saleswright/rpc'
import { pageFacts, queryOf } from '@saleswright/store'
import { saveNew } from '../external-ref.ts'
import { expectCovered } from '../grant/expect-covered.ts'
import { attempt, type GrantAct, type Performer, performerOf } from '../grant/grant-act.ts'
import { ADMINISTRATOR_GRANTS, isGrant } from '../permissions.ts'
import type { Books } from '../repositories.ts'
import { expectHoldersCovered } from './expect-holders-covered.ts'
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

const defining = (books: Books): GrantAct<typeof CreateRoleRequestSchema, typeof RoleSchema> => ({
  method: RoleService.method.createRole,
  answer: RoleSchema,
  subject: () => 'roles',
  async perform(tx, request, call) {
    wholeCompany(call)
    const grants = checked(request.grants)
    const facts = { name: request.name, grants, ...readExternalRef(call.actor, request.externalRef) }
    await expectCovered(tx, books, { call, given: grants.map((grant) => ({ grant })) })
    const decision = define(newId(), call.actor.companyId, facts)
    return view(await saveNew(tx, books.roles, decision, ({ name, grants: opened }) => ({ name, grants: opened })))
  },
})

const changing = (books: Books): GrantAct<typeof UpdateRoleRequestSchema, typeof RoleSchema> => ({
  method: RoleService.method.updateRole,
  answer: RoleSchema,
  subject: ({ roleId }) => `roles/${roleId}`,
  async perform(tx, request, call) {
    const role = await tx.get(books.roles, wholeCompany(call), request.roleId)
    expectEtag(role, request.etag)
    const grants = checked(request.grants)
    const decision = change(role, {
      ...(request.name !== undefined && { name: request.name }),
      ...(grants.length > 0 && { grants }),
    })
    if (decision.next.grants.join() !== role.grants.join()) {
      await expectHoldersCovered(tx, books, { call, role, next: decision.next })
      await revokeHolders(tx, books, role)
    }
    return view(tx.save(books.roles, decision))
  },
})

export const roleActs = (books: Books): readonly Performer[] => [
  performerOf(defining(books)),
  performerOf(changing(books)),
]

export const roleRpc = (books: Books): Implementation<typeof RoleService> => ({
  createRole: (request, call) => attempt(books, defining(books), request, call),

  getRole: async ({ roleId }, call) => view(await books.roles.get(ownCompany(call), roleId)),

  updateRole: (request, call) => attempt(books, changing(books), request, call),

  async listRoles(request, call) {
    const page = await books.roles.list(ownCompany(call), queryOf(request))
    return { roles: page.items.map(view), ...pageFacts(page) }
  },
})
