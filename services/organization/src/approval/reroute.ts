import { type BusinessDate, companyScope } from '@saleswright/kernel'
import type { Tx } from '@saleswright/store'
import { type AuthorityRule, classesServedBy } from '../authority/authority-rule.ts'
import type { Person } from '../person/person.ts'
import type { Books } from '../repositories.ts'
import { type Approval, reassign } from './approval.ts'
import { seatsFor } from './approvers.ts'
import { releaseSigner } from './signers.ts'

/** More than that go in later transactions: the hourly job walks on behind the last one. */
const MOST_AT_ONCE = 200

type Who = Pick<Person, 'id' | 'companyId'>

/** Nobody has approved yet; a signature alone decides nothing. */
const isOpen = ({ approvedBy }: Approval): boolean => approvedBy === undefined

const rerouteAll = async (tx: Tx, books: Books, cases: readonly Approval[]): Promise<void> => {
  for (const approval of cases) {
    tx.save(books.approvals, reassign(approval, await seatsFor(tx, books, approval)))
  }
}

/**
 * There is a new rule, or somebody in a new position: cases that nobody could decide may find somebody now. Gives the id of the last
 * one that was looked at, while there may be more behind it.
 */
export const rerouteUnroutable = async (
  tx: Tx,
  books: Books,
  companyId: string,
  after = '',
): Promise<string | undefined> => {
  const filter = { status: 'unroutable', _id: { $gt: after } }
  const cases = await tx.findBy(books.approvals, companyScope(companyId), filter, {
    sort: ['_id'],
    limit: MOST_AT_ONCE,
  })
  await rerouteAll(tx, books, cases)
  return cases.length < MOST_AT_ONCE ? undefined : cases.at(-1)?.id
}

/** Somebody has left: what waits for them goes to others, and a signature that they owe is owed no more. */
export const rerouteCasesOf = async (tx: Tx, books: Books, { id, companyId }: Who): Promise<void> => {
  await releaseSeats(tx, books, { id, companyId })
  const waiting = await tx.findBy(books.approvals, companyScope(companyId), { status: 'pending', approverIds: id })
  await rerouteAll(tx, books, waiting.filter(isOpen))
}

/** They have left before they signed: who decides is asked anew, or others where those have gone too. */
const releaseSeats = async (tx: Tx, books: Books, { id, companyId }: Who): Promise<void> => {
  const unsigned = { status: 'pending', signers: { $elemMatch: { personId: id, approved: false } } }
  const waiting = await tx.findBy(books.approvals, companyScope(companyId), unsigned)
  await rerouteAll(
    tx,
    books,
    waiting.map((approval) => tx.save(books.approvals, releaseSigner(approval, id, tx.at))),
  )
}

/** A rule holds no longer from a day on: what waits for those it made approvers of goes to others. */
export const rerouteCasesUnder = async (
  tx: Tx,
  books: Books,
  { companyId, class: ruleClass }: Pick<AuthorityRule, 'companyId' | 'class'>,
  from: BusinessDate,
): Promise<void> => {
  const filter = { status: 'pending', class: { $in: classesServedBy(ruleClass) }, businessDate: { $gte: from } }
  const waiting = await tx.findBy(books.approvals, companyScope(companyId), filter)
  await rerouteAll(tx, books, waiting.filter(isOpen))
}
