import { createHash } from 'node:crypto'
import { type Cause, companyScope, newId } from '@saleswright/kernel'
import type { Call } from '@saleswright/rpc'
import { type Need, open } from '../approval/approval.ts'
import { approversFor } from '../approval/approvers.ts'
import { takeTurn } from '../guard.ts'
import type { Books } from '../repositories.ts'
import { todayIn } from '../today.ts'
import type { Given } from './cover.ts'
import { type Asked, GRANT, writeSnapshot } from './grant-snapshot.ts'

type Wish = {
  readonly asked: Asked
  readonly subject: string
  readonly given: readonly Given[]
  readonly receiverIds: readonly string[]
}

/** The case of an act that waits for a second person; the same one while it is open, however often the act is tried. */
export const openGrantCase = (
  books: Books,
  call: Call,
  { asked, subject, given, receiverIds }: Wish,
): Promise<string> =>
  books.store.transact(causeOf(call), async (tx) => {
    const { id: requesterId, companyId, unitId } = call.actor
    const scope = companyScope(companyId)
    const snapshot = writeSnapshot(asked, given)
    const contentHash = createHash('sha256').update(snapshot).digest('hex')
    await takeTurn(tx, books.guards, companyId, `grant/${requesterId}/${contentHash}`)
    const same = { class: GRANT, subject, requesterId, contentHash, status: { $in: ['pending', 'unroutable'] } }
    const [known] = await tx.findBy(books.approvals, scope, same, { limit: 1 })
    if (known) return known.id
    const need: Need = {
      class: GRANT,
      subject,
      requesterId,
      ...(receiverIds.length > 0 && { interestedIds: receiverIds }),
      contentHash,
      snapshot,
      neededAt: tx.at,
      businessDate: await todayIn(books, companyId, tx.at),
    }
    const unit = unitId === undefined ? undefined : await tx.find(books.orgUnits, scope, unitId)
    const place = { ownerId: requesterId, ...(unit && { unitId: unit.id, orgPath: unit.orgPath }) }
    const approverIds = await approversFor(tx, books, { ...need, companyId })
    return tx.save(books.approvals, open({ id: newId(), companyId, ...place }, need, approverIds)).id
  })

/** Without the mark of the refused act, which keeps no answer: done again when the case is decided, it finds none. */
const causeOf = ({ actor, at, correlationId, traceparent }: Call): Cause => ({
  actor,
  at,
  correlationId,
  ...(traceparent !== undefined && { traceparent }),
})
