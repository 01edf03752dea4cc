import { create } from '@bufbuild/protobuf'
import { instant } from '@saleswright/contracts'
import {
  AccountSetSchema,
  SessionsRevokedSchema,
} from '@saleswright/contracts/saleswright/organization/v1/events_pb.ts'
import { type Aggregate, type Decision, derivedId, nameKey } from '@saleswright/kernel'

/** How a person signs in. Apart from the person, so that nothing that shows people can show this. */
export type Account = Aggregate & {
  readonly personId: string
  /** As it is compared: `accountKey`. Unique in the installation. */
  readonly accountName: string
  /** PHC string of argon2id. */
  readonly passwordHash: string
  /** The person has left. */
  readonly closed?: true | undefined
  /** Tokens of sessions that began before this instant were issued behind it, or are refused. */
  readonly revokedAt?: Date | undefined
}

/** Written in another case or width, an account name is still the same. */
export const accountKey = nameKey

/** An account is found by its person; it has an id of its own, for its facts are counted apart from the person's. */
export const accountIdOf = (personId: string): string => derivedId('account', personId)

type Credentials = Pick<Account, 'accountName' | 'passwordHash'>

export const openAccount = (personId: string, companyId: string, credentials: Credentials): Decision<Account> => ({
  next: { id: accountIdOf(personId), companyId, version: 0, personId, ownerId: personId, ...credentials },
  events: [create(AccountSetSchema, { personId })],
})

/** Another name or password: whoever is signed in has to sign in again. */
export const setCredentials = (account: Account, credentials: Credentials, at: Date): Decision<Account> => {
  const revoked = revokeAll({ ...account, ...credentials }, 'credentials_changed', at)
  return { ...revoked, events: [create(AccountSetSchema, { personId: account.personId }), ...revoked.events] }
}

/** The person's own doing. */
export const setPassword = (account: Account, passwordHash: string): Decision<Account> => ({
  next: { ...account, passwordHash },
  events: [create(AccountSetSchema, { personId: account.personId })],
})

/** Ends what every token of the person opens; sessions stay and may be renewed with what their person may do then. */
export const revokeAll = (account: Account, reason: string, at: Date): Decision<Account> => ({
  next: { ...account, revokedAt: at },
  events: [create(SessionsRevokedSchema, { subjectId: account.personId, issuedBefore: instant(at), reason })],
})

export const revokeSession = (account: Account, sessionId: string, reason: string, at: Date): Decision<Account> => ({
  next: account,
  events: [
    create(SessionsRevokedSchema, { subjectId: account.personId, sessionId, issuedBefore: instant(at), reason }),
  ],
})

export const closeAccount = (account: Account, at: Date): Decision<Account> =>
  account.closed ? { next: account, events: [] } : revokeAll({ ...account, closed: true }, 'left', at)
