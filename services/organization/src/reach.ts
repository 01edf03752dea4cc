import { forbidden } from '@saleswright/kernel'
import type { Call } from '@saleswright/rpc'

export const holds = ({ actor }: Call, permission: string): boolean => actor.grants.has(permission)

/** A permission that some requests of a method need beside the method's own. */
export const expectPermission = (call: Call, permission: string): void => {
  if (!holds(call, permission)) throw forbidden('permission_missing', { permission })
}
