import type { Aggregate } from '@saleswright/kernel'

/** Somebody who is signed in. Its id is the `sid` of the tokens. */
export type Session = Aggregate & {
  readonly personId: string
  /** Which refresh token is good now: the first is 1, and each renewal takes the next. */
  readonly generation: number
  /** Without a renewal until then it is over. */
  readonly idleUntil: Date
  /** It is over then, however often it was renewed. */
  readonly expiresAt: Date
  readonly endedAt?: Date | undefined
}

const DAY_MS = 86_400_000
const IDLE_MS = 7 * DAY_MS
const LIFE_MS = 30 * DAY_MS

const after = (at: Date, ms: number): Date => new Date(at.getTime() + ms)

export const begin = (id: string, companyId: string, personId: string, at: Date): Session => ({
  id,
  companyId,
  version: 0,
  personId,
  ownerId: personId,
  generation: 1,
  idleUntil: after(at, IDLE_MS),
  expiresAt: after(at, LIFE_MS),
})

export const isOpen = ({ endedAt, idleUntil, expiresAt }: Session, at: Date): boolean =>
  endedAt === undefined && at < idleUntil && at < expiresAt

export const end = (session: Session, at: Date): Session => (session.endedAt ? session : { ...session, endedAt: at })

type Renewal = 'invalid' | 'reused' | Session

/** A token of an earlier generation was used before: either it or its successor is in wrong hands. */
export const renew = (session: Session, generation: number, at: Date): Renewal => {
  if (!isOpen(session, at) || generation > session.generation) return 'invalid'
  if (generation < session.generation) return 'reused'
  return { ...session, generation: generation + 1, idleUntil: after(at, IDLE_MS) }
}
