import { companyScope } from '@saleswright/kernel'
import type { Tx } from '@saleswright/store'
import type { Person } from '../person/person.ts'
import type { Books } from '../repositories.ts'
import { type Approval, reassign } from './approval.ts'
import { approversFor } from './approvers.ts'

/** More than that wait for an administrator anyway; the next change goes on with the rest. */
const MOST_AT_ONCE = 200

const rerouteAll = async (tx: Tx, books: Books, cases: readonly Approval[]): Promise<void> => {
  for (const approval of cases) {
    tx.save(books.approvals, reassign(approval, await approversFor(tx, books, approval)))
  }
}

/** There is a new rule, or somebody in a new position: cases that nobody could decide may find somebody now. */
export const rerouteUnroutable = async (tx: Tx, books: Books, companyId: string): Promise<void> =>
  rerouteAll(
    tx,
    books,
    await tx.findBy(books.approvals, companyScope(companyId), { status: 'unroutable' }, { limit: MOST_AT_ONCE }),
  )

/** Somebody has left: what waits for them goes to others. */
export const rerouteCasesOf = async (tx: Tx, books: Books, { id, companyId }: Person): Promise<void> => {
  const waiting = await tx.findBy(books.approvals, companyScope(companyId), { status: 'pending', approverIds: id })
  await rerouteAll(
    tx,
    books,
    waiting.filter(({ approvedBy }) => approvedBy === undefined),
  )
}
