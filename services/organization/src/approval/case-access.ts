import { expectMigration, forbidden, notFound, type Scope, scopeFor } from '@saleswright/kernel'
import { type Call, ownCompany } from '@saleswright/rpc'
import type { Tx } from '@saleswright/store'
import { GRANT } from '../grant/grant-snapshot.ts'
import type { Books } from '../repositories.ts'
import { type Approval, interestedInCase, type Person } from './approval.ts'
import { actingPerson } from './delegators.ts'

const READ = 'organization.approvals.read'

/** Those who have a part in a case see it, wherever it lies. */
const takesPart = (approval: Approval, ids: readonly string[]): boolean => {
  const parts = [
    ...interestedInCase(approval),
    ...approval.approverIds,
    ...approval.signers.map(({ personId }) => personId),
  ]
  return parts.some((id) => ids.includes(id))
}

type Find = (scope: Scope) => Promise<Approval | undefined>

/** A case in the caller's rows, or one that the caller has a part in; `approval_not_found` otherwise. */
export const visibleCase = async (books: Books, id: string, call: Call, find: Find): Promise<Approval> => {
  const scope = scopeFor(call.actor, READ)
  const inRows = scope && (await find(scope))
  if (inRows) return inRows
  const anywhere = await find(ownCompany(call))
  if (!anywhere) throw notFound('approval', id)
  const { actsFor } = await actingPerson(books, call.actor, call.at, anywhere.class)
  if (!takesPart(anywhere, [call.actor.id, ...actsFor])) throw notFound('approval', id)
  return anywhere
}

export type DecisionRequest = {
  readonly approvalId: string
  readonly comment: string
  readonly etag?: string
  /** The approver whose decision is recorded; only a migration says it. */
  readonly recordedFor?: string | undefined
}

/** The case of a request and whose act it is: the caller's, or that of the approver whose decision a migration records. */
export const caseToActOn = async (
  tx: Tx,
  books: Books,
  { approvalId: id, recordedFor }: DecisionRequest,
  call: Call,
): Promise<{ readonly approval: Approval; readonly by: Person }> => {
  if (recordedFor !== undefined) {
    expectMigration(call.actor)
    const approval = await tx.get(books.approvals, ownCompany(call), id)
    if (approval.class === GRANT) throw forbidden('approval_not_yours')
    return { approval, by: { id: recordedFor, actsFor: [] } }
  }
  const approval = await visibleCase(books, id, call, (scope) => tx.find(books.approvals, scope, id))
  return { approval, by: await actingPerson(books, call.actor, call.at, approval.class) }
}
