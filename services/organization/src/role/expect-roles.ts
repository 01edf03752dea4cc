import type { Scope } from '@saleswright/kernel'
import type { Tx } from '@saleswright/store'
import type { Books } from '../repositories.ts'
import type { Role } from './role.ts'

/** The roles of these ids; `role_not_found` when one is not there. */
export const expectRoles = (
  tx: Tx,
  { roles }: Pick<Books, 'roles'>,
  scope: Scope,
  ids: readonly string[],
): Promise<readonly Role[]> => Promise.all(ids.map((id) => tx.get(roles, scope, id)))
