import { companyScope, forbidden } from '@saleswright/kernel'
import type { Call } from '@saleswright/rpc'
import type { Tx } from '@saleswright/store'
import type { Approval } from '../approval/approval.ts'
import { expectThere } from '../person/person.ts'
import type { Books } from '../repositories.ts'
import { todayIn } from '../today.ts'
import { actorFor, authorityOf } from './authority-of.ts'
import type { Performer } from './grant-act.ts'
import { GRANT, readSnapshot } from './grant-snapshot.ts'

/**
 * A second person has agreed: the act is done in the name of who asked for it, with what that person may do today and what the decider
 * has beside it. What both of them lack by now is not given.
 */
export const performGranted = async (
  tx: Tx,
  books: Books,
  performers: ReadonlyMap<string, Performer>,
  { approval, call }: { readonly approval: Approval; readonly call: Call },
): Promise<void> => {
  if (approval.class !== GRANT || approval.status !== 'approved') return
  const { act, request } = readSnapshot(approval.snapshot)
  const performer = performers.get(act)
  if (!performer) throw new Error(`no act of this name: ${act}`)
  const today = await todayIn(books, approval.companyId, tx.at)
  const scope = companyScope(approval.companyId)
  const requester = expectThere(await tx.get(books.people, scope, approval.requesterId))
  const actor = await actorFor(tx, books, requester, today)
  const { permission } = performer
  if (!actor.grants.has(permission)) throw forbidden('permission_missing', { permission })
  const decider = await tx.get(books.people, scope, approval.approvedBy?.personId ?? '')
  const decidedBy = await authorityOf(tx, books, decider, today)
  await performer.perform(tx, request, { ...call, actor, permission, decidedBy })
}
