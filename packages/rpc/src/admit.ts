import type { DescMethod } from '@bufbuild/protobuf'
import { methodName } from '@saleswright/contracts'
import { type Access, Access_Idempotency } from '@saleswright/contracts/saleswright/api/v1/annotations_pb.ts'
import { type Actor, forbidden, invalid } from '@saleswright/kernel'
import { checkedKey } from './headers.ts'

/** Who calls a public method: nobody, with no grants. */
export const ANONYMOUS: Actor = { id: 'anonymous', kind: 'staff', companyId: '', grants: new Map() }

/** Refuses an actor whom the contract does not let call: `services_only`, `not_for_partners`, `permission_missing`. */
export const admit = (actor: Actor, { permission, partners, internal }: Access): void => {
  if (internal && actor.kind !== 'service') throw forbidden('services_only')
  if (internal) return
  if (actor.kind === 'partner' && !partners) throw forbidden('not_for_partners')
  if (permission && !actor.grants.has(permission)) throw forbidden('permission_missing', { permission })
}

/** The mark of a command, or undefined where no key was sent or the method takes none. */
export const markOf = (
  method: DescMethod,
  { idempotency }: Access,
  actor: Actor,
  sent: string | undefined,
): string | undefined => {
  const key = checkedKey(sent)
  if (idempotency === Access_Idempotency.IDEMPOTENCY_UNSPECIFIED) return undefined
  if (key === undefined && idempotency === Access_Idempotency.REQUIRED) throw invalid('idempotency_key_required')
  return key === undefined ? undefined : `${actor.id}|${methodName(method)}|${key}`
}
