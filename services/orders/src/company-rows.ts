import { companyScope, type Scope } from '@saleswright/kernel'
import { type Call, scopeOf } from '@saleswright/rpc'

/** Products, prices and stock are the company's and have no owner: whoever has the permission has all of them. */
export const companyRows = (call: Call): Scope => {
  scopeOf(call)
  return companyScope(call.actor.companyId)
}
