import { create } from '@bufbuild/protobuf'
import { instant } from '@saleswright/contracts'
import {
  AccountSetSchema,
  PasswordChangedSchema,
  PasswordSetupOfferedSchema,
  SessionsRevokedSchema,
} from '@saleswright/contracts/saleswright/organization/v1/events_pb.ts'
import { type Aggregate, type Decision, derivedId, nameKey } from '@saleswright/kernel'

/** How a person signs in. Apart from the person, so that nothing that shows people can show this. */
export type Account = Aggregate & {
  readonly personId: string
  /** As it is compared: `accountKey`. Unique in the installation. */
  readonly accountName: string
  /** PHC string of argon2id; absent until its owner has set a password. */
  readonly passwordHash?: string | undefined
  /** Where its owner gets mail, sealed for this account. */
  readonly email?: { readonly ct: string; readonly keyId: string } | undefined
  /** How many one-time links to set the password there were. */
  readonly setups?: number | undefined
  /** Until when the last link is good; absent once it was used. */
  readonly setupUntil?: Date | undefined
  /** The person has left. */
  readonly closed?: true | undefined
  /** Tokens of sessions that began before this instant were issued behind it, or are refused. */
  readonly revokedAt?: Date | undefined
}

/** Written in another case or width, an account name is still the same. */
export const accountKey = nameKey

/** An account is found by its person; it has an id of its own, for its facts are counted apart from the person's. */
export const accountIdOf = (personId: string): string => derivedId('account', personId)

type Naming = Pick<Account, 'accountName' | 'email'>

/** Without a password: its owner sets one through a link. */
export const openAccount = (personId: string, companyId: string, naming: Naming): Decision<Account> => ({
  next: { id: accountIdOf(personId), companyId, version: 0, personId, ownerId: personId, ...naming },
  events: [create(AccountSetSchema, { personId })],
})

/** Another name or address. Nothing is told of what is so already. */
export const renameAccount = (account: Account, naming: Naming): Decision<Account> => {
  const next = { ...account, ...naming }
  const same = next.accountName === account.accountName && next.email?.ct === account.email?.ct
  return { next, events: same ? [] : [create(AccountSetSchema, { personId: account.personId })] }
}

const SETUP_MS = 7 * 86_400_000

/** The next one-time link to set the password; the one before it is good no longer. */
export const offerSetup = (account: Account, at: Date): Decision<Account> => ({
  next: { ...account, setups: (account.setups ?? 0) + 1, setupUntil: new Date(at.getTime() + SETUP_MS) },
  events: [create(PasswordSetupOfferedSchema, { personId: account.personId })],
})

export const isSetupGood = ({ setups, setupUntil, closed }: Account, number: number, at: Date): boolean =>
  !closed && setups === number && setupUntil !== undefined && at < setupUntil

/** By its owner: who is signed in with an old password is so no longer, and the link was used. */
export const setPassword = (account: Account, passwordHash: string): Decision<Account> => ({
  next: { ...account, passwordHash, setupUntil: undefined },
  events: [create(PasswordChangedSchema, { personId: account.personId })],
})

/** A token tells its time to the second: what is issued after a revocation says the next one, and this is later than that. */
const afterTokensSince = ({ revokedAt }: Account, at: Date): Date =>
  new Date(Math.max(at.getTime(), revokedAt ? Math.ceil(revokedAt.getTime() / 1_000) * 1_000 + 1 : 0))

/** Ends what every token of the person opens; sessions stay and may be renewed with what their person may do then. */
export const revokeAll = (account: Account, reason: string, now: Date): Decision<Account> => {
  const at = afterTokensSince(account, now)
  return {
    next: { ...account, revokedAt: at },
    events: [create(SessionsRevokedSchema, { subjectId: account.personId, issuedBefore: instant(at), reason })],
  }
}

export const revokeSession = (account: Account, sessionId: string, reason: string, at: Date): Decision<Account> => ({
  next: account,
  events: [
    create(SessionsRevokedSchema, { subjectId: account.personId, sessionId, issuedBefore: instant(at), reason }),
  ],
})

export const closeAccount = (account: Account, at: Date): Decision<Account> =>
  account.closed ? { next: account, events: [] } : revokeAll({ ...account, closed: true }, 'left', at)
