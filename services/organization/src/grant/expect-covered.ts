import { AppError, type BusinessDate, forbidden } from '@saleswright/kernel'
import type { Call } from '@saleswright/rpc'
import type { Tx } from '@saleswright/store'
import type { Person } from '../person/person.ts'
import type { Books } from '../repositories.ts'
import { todayIn } from '../today.ts'
import { authorityOf, authorityOfActor } from './authority-of.ts'
import { type Authority, exceeding, type Given, nameOf } from './cover.ts'

/** A call whose act was asked for before and is decided now: what the decider has may be given as well. */
export type GrantingCall = Call & { readonly decidedBy?: Authority | undefined }

/** An act gives more than the caller has: it is not done, and becomes a case that a second person decides (decisions 58). */
export class NeedsSecondPerson extends AppError {
  readonly given: readonly Given[]
  readonly receiverIds: readonly string[]
  constructor(given: readonly Given[], receiverIds: readonly string[]) {
    super('conflict', 'grant_exceeds_own', { grants: namesOf(given) })
    this.given = given
    this.receiverIds = receiverIds
  }
}

const MOST_NAMED = 10
const namesOf = (given: readonly Given[]): string => {
  const names = [...new Set(given.map(nameOf))]
  return names.length > MOST_NAMED ? `${names.slice(0, MOST_NAMED).join(', ')}, …` : names.join(', ')
}

type Giving = {
  readonly call: GrantingCall
  readonly given: readonly Given[]
  /** Who gets it, where that is somebody in particular: what they have already is not given. */
  readonly receiver?: Person | undefined
}

const authoritiesOf = async (tx: Tx, books: Books, { call, receiver }: Giving, today: BusinessDate) => {
  const authorities = [await authorityOfActor(tx, books, call.actor, today)]
  if (call.decidedBy) authorities.push(call.decidedBy)
  if (receiver && receiver.version > 0) authorities.push(await authorityOf(tx, books, receiver, today))
  return authorities
}

/** What the act gives beyond what the caller, the decider and the receiver have. */
const excessOf = async (tx: Tx, books: Books, giving: Giving): Promise<readonly Given[]> => {
  if (giving.given.length === 0) return []
  const today = await todayIn(books, giving.call.actor.companyId, tx.at)
  return exceeding(giving.given, ...(await authoritiesOf(tx, books, giving, today)))
}

/** Passes on no more than the caller has: `grant_to_self` for oneself; for others the act becomes a case. */
export const expectCovered = async (tx: Tx, books: Books, giving: Giving): Promise<void> => {
  const excess = await excessOf(tx, books, giving)
  if (excess.length === 0) return
  const { receiver, call } = giving
  if (receiver?.id === call.actor.id) throw forbidden('grant_to_self', { grants: namesOf(excess) })
  throw new NeedsSecondPerson(excess, receiver ? [receiver.id] : [])
}

/** The same where no case is opened: who takes over an account or a secret acts with all that it opens. */
export const expectHasAll = async (tx: Tx, books: Books, giving: Giving): Promise<void> => {
  const excess = await excessOf(tx, books, giving)
  if (excess.length > 0) throw forbidden('grant_exceeds_own', { grants: namesOf(excess) })
}
