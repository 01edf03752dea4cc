import { companyScope, forbidden, type Scope } from '@saleswright/kernel'
import type { Call } from '@saleswright/rpc'

/** The whole company of the caller: for what everybody of it may read once the method's permission is there. */
export const ownCompany = ({ actor }: Call): Scope => companyScope(actor.companyId)

/** The same for changes of what belongs to no unit: they need the permission over the company. */
export const wholeCompany = (call: Call): Scope => {
  if (call.actor.grants.get(call.permission) !== 'company') {
    throw forbidden('permission_missing', { permission: `${call.permission}@company` })
  }
  return ownCompany(call)
}

export const holds = ({ actor }: Call, permission: string): boolean => actor.grants.has(permission)

/** A permission that some requests of a method need beside the method's own. */
export const expectPermission = (call: Call, permission: string, code = 'permission_missing'): void => {
  if (!holds(call, permission)) throw forbidden(code, { permission })
}
