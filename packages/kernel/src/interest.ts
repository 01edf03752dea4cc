import { forbidden } from './app-error.ts'

/** The people who made a thing or profit from it, by the part they have in it. */
export type Parties = {
  /** Who entered or prepared it. */
  readonly makerId?: string | undefined
  /** Who asks for the decision. */
  readonly requesterId?: string | undefined
  /** In whose name a migration entered it. */
  readonly recordedFor?: string | undefined
  readonly ownerId?: string | undefined
  /** Whoever earns from it: commission, a target that it counts towards, a grant that it gives. */
  readonly earnerIds?: readonly string[] | undefined
}

/** Everybody with an interest in a thing, each once, in a stable order. */
export const interestedIn = (parties: Parties): readonly string[] => {
  const { makerId, requesterId, recordedFor, ownerId, earnerIds = [] } = parties
  const ids = [makerId, requesterId, recordedFor, ownerId, ...earnerIds].flatMap((id) => id || [])
  return [...new Set(ids)].toSorted()
}

/**
 * The one rule of maker and checker (decisions 59), for every approval, confirmation, publication and refund: `approver_is_maker` when a
 * decider has an interest. `deciderIds` are the person who acts and, where they act in another's stead, that person too.
 */
export const refuseInterested = (deciderIds: readonly string[], parties: Parties): void => {
  const interested = interestedIn(parties)
  if (deciderIds.some((id) => interested.includes(id))) throw forbidden('approver_is_maker')
}
