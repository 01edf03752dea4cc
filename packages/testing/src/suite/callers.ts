import { newId } from '@saleswright/kernel'
import type { TestClaims, TestIdentity } from '../test-identity.ts'

/** Somebody, and how they call: with a token, and under a new idempotency key each time unless one is named. */
export type Caller = {
  readonly id: string
  readonly as: (idempotencyKey?: string) => { readonly token: string; readonly idempotencyKey: string }
}

/** Somebody of staff; `sub` is made up when it is left out. */
export const callerOf = async (identity: TestIdentity, claims: TestClaims, now?: Date): Promise<Caller> => {
  const { sub: id = newId() } = claims
  const token = await identity.tokenFor({ ...claims, sub: id }, now)
  return { id, as: (idempotencyKey = newId()) => ({ token, idempotencyKey }) }
}

/** A partner's program: its permissions go as far as what is the partner's own, and its id is the partner's. */
export const partnerOf = async (
  identity: TestIdentity,
  { companyId, partnerId }: { readonly companyId: string; readonly partnerId: string },
  permissions: readonly string[],
  now?: Date,
): Promise<Caller> => {
  const grants = permissions.map((permission) => `${permission}@partner`)
  const { as } = await callerOf(identity, { kind: 'partner', companyId, partnerId, grants }, now)
  return { id: partnerId, as }
}
