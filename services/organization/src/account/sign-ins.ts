import { create } from '@bufbuild/protobuf'
import { SignedInSchema, SignInRefusedSchema } from '@saleswright/contracts/saleswright/organization/v1/events_pb.ts'
import { type Aggregate, AppError, type Decision, derivedId } from '@saleswright/kernel'

/**
 * The attempts to sign in under one name. Names that nobody has are counted alike, a few thousand names to a record, so that neither
 * an answer nor its time tells whether there is such an account.
 */
export type SignIns = Aggregate & {
  /** Empty for names that nobody has. */
  readonly personId: string
  /** In a row, since the last success. */
  readonly failures: number
  readonly lockedUntil?: Date | undefined
}

/** So many failures are free; each one behind them locks the name for twice as long as the one before. */
export const FREE_FAILURES = 5
const FIRST_LOCK_MS = 60_000
const LONGEST_LOCK_MS = 15 * 60_000

export const signInsIdOf = (account: string): string => derivedId('sign-ins', account)

export const noSignIns = (id: string, companyId: string, personId: string): SignIns => ({
  id,
  companyId,
  version: 0,
  personId,
  failures: 0,
})

/** `account_locked`, whatever the password: a lock that a right guess opens is none. */
export const expectUnlocked = ({ lockedUntil }: SignIns, at: Date): void => {
  if (lockedUntil && at < lockedUntil) {
    const seconds = Math.ceil((lockedUntil.getTime() - at.getTime()) / 1000)
    throw new AppError('limited', 'account_locked', { seconds: String(seconds) }, { retryAfterSeconds: seconds })
  }
}

const lockAfter = (failures: number): number =>
  failures < FREE_FAILURES ? 0 : Math.min(FIRST_LOCK_MS * 2 ** (failures - FREE_FAILURES), LONGEST_LOCK_MS)

export const refused = (signIns: SignIns, at: Date): Decision<SignIns> => {
  const failures = signIns.failures + 1
  const lockMs = lockAfter(failures)
  return {
    next: { ...signIns, failures, lockedUntil: lockMs ? new Date(at.getTime() + lockMs) : undefined },
    events: [create(SignInRefusedSchema, { personId: signIns.personId, failures, locked: lockMs > 0 })],
  }
}

export const succeeded = (signIns: SignIns, sessionId: string): Decision<SignIns> => ({
  next: { ...signIns, failures: 0, lockedUntil: undefined },
  events: [create(SignedInSchema, { personId: signIns.personId, sessionId })],
})
