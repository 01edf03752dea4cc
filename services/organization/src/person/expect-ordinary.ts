import { forbidden } from '@saleswright/kernel'
import { type Call, ownCompany } from '@saleswright/rpc'
import type { Tx } from '@saleswright/store'
import { holds } from '../reach.ts'
import type { Books } from '../repositories.ts'
import { expectRoles } from '../role/expect-roles.ts'
import type { Role } from '../role/role.ts'

/** What lets its holder take every other right. */
const MIGHTY = new Set([
  'organization.roles.write',
  'organization.companies.write',
  'organization.keys.write',
  'organization.authority.write',
  'migration',
])

const isMighty = ({ builtIn, grants }: Role): boolean =>
  builtIn === true || grants.some((grant) => MIGHTY.has(grant.split('@')[0] ?? ''))

/**
 * Whoever looks after people, but not after roles, neither puts anybody into a place of such might nor takes the account of
 * somebody in one: otherwise the one permission would be the other.
 */
export const expectOrdinary = async (tx: Tx, books: Books, call: Call, roleIds: readonly string[]): Promise<void> => {
  if (holds(call, 'organization.roles.write')) return
  const roles = await expectRoles(tx, books, ownCompany(call), roleIds)
  if (roles.some(isMighty)) throw forbidden('permission_missing', { permission: 'organization.roles.write' })
}
