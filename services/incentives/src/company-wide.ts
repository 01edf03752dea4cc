import { companyScope, forbidden, type Scope } from '@saleswright/kernel'
import type { Call } from '@saleswright/rpc'

/** Everybody may read by which plan they are paid, once they may read commission at all. */
export const ownCompany = ({ actor }: Call): Scope => companyScope(actor.companyId)

/** A plan holds for the whole company: whoever changes one needs the permission over the company. */
export const wholeCompany = (call: Call): Scope => {
  if (call.actor.grants.get(call.permission) !== 'company') {
    throw forbidden('permission_missing', { permission: `${call.permission}@company` })
  }
  return ownCompany(call)
}

export const mayMigrate = ({ actor }: Call): boolean => actor.grants.has('migration')
