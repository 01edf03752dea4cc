import { create } from '@bufbuild/protobuf'
import { RoleChangedSchema } from '@saleswright/contracts/saleswright/organization/v1/events_pb.ts'
import { type Aggregate, conflict, type Decision, type ExternalRef, REACHES, type Reach } from '@saleswright/kernel'

/** `orders.read@subtree`: a permission and how far it reaches. */
type Grant = string

export type Role = Aggregate & {
  readonly name: string
  readonly grants: readonly Grant[]
  /** The administrator's: it has every permission, also those of later releases, and is not changed. */
  readonly builtIn?: true | undefined
  readonly externalRef?: ExternalRef | undefined
}

type RoleFacts = Pick<Role, 'name' | 'grants' | 'builtIn' | 'externalRef'>

const told = (next: Role): Decision<Role> => ({
  next,
  events: [create(RoleChangedSchema, { roleId: next.id, name: next.name, grants: [...next.grants] })],
})

export const define = (id: string, companyId: string, facts: RoleFacts): Decision<Role> =>
  told({ id, companyId, version: 0, ...facts, grants: union(facts.grants) })

/** Undefined leaves a field as it is. */
export const change = (role: Role, changes: { name?: string; grants?: readonly Grant[] }): Decision<Role> => {
  if (role.builtIn) throw conflict('role_is_built_in')
  const next = { ...role, name: changes.name ?? role.name, grants: union(changes.grants ?? role.grants) }
  const same = next.name === role.name && next.grants.join() === role.grants.join()
  return same ? { next: role, events: [] } : told(next)
}

const widthOf = (reach: string): number => REACHES.indexOf(reach as Reach)

/** One grant for each permission, the widest; in the order of their names. */
export const union = (grants: readonly Grant[]): readonly Grant[] => {
  const widest = new Map<string, string>()
  for (const grant of grants) {
    const [permission = '', reach = ''] = grant.split('@')
    const known = widest.get(permission)
    if (known === undefined || widthOf(reach) > widthOf(known)) widest.set(permission, reach)
  }
  return [...widest].map(([permission, reach]) => `${permission}@${reach}`).toSorted()
}

/** What the roles of a position and of a person open together. */
export const grantsOf = (roles: readonly Role[], everything: readonly Grant[]): readonly Grant[] =>
  union(roles.flatMap((role) => (role.builtIn ? everything : role.grants)))
