import type { Clock } from '@saleswright/kernel'

type Revocation = {
  /** A person or a partner application. */
  readonly subjectId: string
  /** Only this session; absent means every session of the subject. */
  readonly sessionId?: string | undefined
  readonly issuedBefore: Date
}

export type DenyList = {
  readonly revoke: (revocation: Revocation) => void
  readonly revoked: (actorId: string, sessionId: string, issuedAt: Date) => boolean
  readonly size: () => number
}

/** A token lives five minutes, and clocks differ; behind this nothing is left that could be refused. */
const KEPT_MS = 15 * 60_000

/**
 * The sessions that have ended while tokens of theirs are still good. A session that was ended has no good token left; of a
 * subject those are refused that were issued before the instant, to the second, for a token does not say it finer. A session
 * that began later is never meant.
 */
export const denyList = (clock: Clock): DenyList => {
  const subjects = new Map<string, number>()
  const sessions = new Map<string, number>()

  const forget = (): void => {
    const horizon = clock.now().getTime() - KEPT_MS
    for (const list of [subjects, sessions]) for (const [id, at] of list) if (at < horizon) list.delete(id)
  }

  return {
    revoke: ({ subjectId, sessionId, issuedBefore }) => {
      const [list, id] = sessionId ? [sessions, sessionId] : [subjects, subjectId]
      list.set(id, Math.max(issuedBefore.getTime(), list.get(id) ?? 0))
      forget()
    },
    revoked: (actorId, sessionId, issuedAt) => {
      if (sessions.has(sessionId)) return true
      const before = subjects.get(actorId)
      return before !== undefined && issuedAt.getTime() < before && beganAt(sessionId) < before
    },
    size: () => subjects.size + sessions.size,
  }
}

/** When a session began, which its UUIDv7 tells; for another id it counts as long ago. */
const beganAt = (sessionId: string): number =>
  /^[0-9a-f]{8}-[0-9a-f]{4}-7/.test(sessionId) ? Number.parseInt(sessionId.replace('-', '').slice(0, 12), 16) : 0
