import type { ListQuery, Page } from './record-port.ts'

/** What stands around an event, wherever it travels. Ids are UUIDs, but `type` and `source`. */
export type Envelope = {
  /** UUIDv7, rising along the events of an aggregate. */
  readonly eventId: string
  /** The full name of the event's message. */
  readonly type: string
  /** The context that tells it, "orders". */
  readonly source: string
  readonly companyId: string
  readonly aggregateId: string
  /** The version of the aggregate after this event: without holes for each aggregate. */
  readonly aggregateVersion: number
  readonly recordedAt: Date
  readonly actorId: string
  readonly correlationId: string
  readonly traceparent?: string
}

/** A fact as the log of its service has it. `position` is dense and rising in that log; `data` is the message in binary. */
export type StoredEvent = Envelope & { readonly position: bigint; readonly data: Uint8Array }

/** An audit entry: who did what to which record when. `diff` names the changed fields with the values before and after. */
export type AuditEntry = Envelope & {
  readonly record: string
  readonly data: Uint8Array
  readonly diff: Readonly<Record<string, FieldChange>>
}
/** Both values are left out of a sensitive field, and `from` or `to` where there was or is none. */
export type FieldChange = { readonly from?: unknown; readonly to?: unknown }

/** Without a record, of all that the company has. */
export type AuditQuery = Omit<ListQuery, 'filter'> & { readonly aggregateId?: string }

/** Where the audit trail of a service breaks first. */
export type AuditFault = {
  /**
   * `altered`: the record is not what its last event left. `unsealed`: a checkpoint is missing, was changed, or is not signed by a key
   * that ever sealed.
   */
  readonly what: 'altered' | 'changed' | 'dropped' | 'reordered' | 'unsealed'
  /** The version that should stand there; of what only a checkpoint still knows, the position alone. */
  readonly aggregateId?: string
  readonly version?: number
  readonly eventId?: string
  readonly position?: number
  readonly checkpoint?: number
}
export type RecordOf = { readonly companyId: string; readonly aggregateId: string }
/** A part of a whole service's trail: of one company's records, from a place on, for so long. */
export type Slice = { readonly companyId: string; readonly from: string; readonly forMs: number }
export type VerifiedSlice = Verified & {
  /** Where to go on; '' when all of it was gone over, or something was found. */
  readonly next: string
}
export type Verified = { readonly events: number; readonly checkpoints: number; readonly fault?: AuditFault }

/** A signed seal over the events of a span of positions and over the seal before it. */
export type Checkpoint = {
  readonly number: number
  readonly fromPosition: number
  readonly toPosition: number
  /** The hashes of the events, in the order of their positions. */
  readonly events: readonly string[]
  readonly previous: string
  readonly hash: string
  readonly keyId: string
  readonly signature: Uint8Array
  readonly at: Date
}

/** The service's audit key, Ed25519. */
export type Seal = {
  readonly keyId: string
  readonly sign: (bytes: Uint8Array) => Uint8Array
  /** For the key ids that ever sealed; false for an unknown one. */
  readonly verify: (bytes: Uint8Array, signature: Uint8Array, keyId: string) => boolean
}

/** The last position that was published to each partition of the service's topic; 0 where there was none. */
export type Ends = ReadonlyMap<number, bigint>

/** How far a log is numbered and published. A log that was never published with its ends has none. */
export type Published = { readonly numbered: bigint; readonly sent: bigint; readonly ends: Ends }

/** The facts of a service: its outbox, its audit trail, and what read models are built from again. */
export type EventLog = {
  /**
   * What is not published yet, each aggregate's events in the order of their versions: what has a position already, or else what
   * has none. Positions are given and stored before it returns, and the batch is sealed. What one record told in one transaction
   * may exceed the limit. For the one holder of the relay's lease, who may ask for what comes behind the batch that it publishes.
   */
  readonly unsent: (limit: number, afterPosition?: bigint) => Promise<readonly StoredEvent[]>
  /** Everything up to the last of them is published; `ends` are the last positions that partitions of the bus hold since. */
  readonly markSent: (events: readonly Pick<StoredEvent, 'position'>[], ends?: Ends) => Promise<void>
  readonly published: () => Promise<Published>
  readonly oldestUnsentAt: () => Promise<Date | undefined>
  readonly read: (afterPosition: bigint, limit: number) => Promise<readonly StoredEvent[]>
  /** The events of one type whose ids were given since an instant, published or not, in the order of their ids. */
  readonly committedSince: (type: string, since: Date) => Promise<readonly Omit<StoredEvent, 'position'>[]>
  /** Told after each commit of this process that stored events. Gives what ends it. */
  readonly onCommit: (listener: () => void) => () => void
  /** Takes or renews a lease for so many milliseconds, or gives it up with 0; false while another holds it. */
  readonly acquireLease: (name: string, holder: string, ttlMs: number) => Promise<boolean>
  readonly leaseHolder: (name: string) => Promise<string | undefined>
  /**
   * A page of the audit trail of a company: of one record oldest first, of all its records newest first. Orders: `eventId`,
   * whose values rise with the time.
   */
  readonly audit: (companyId: string, query?: AuditQuery) => Promise<Page<AuditEntry>>
  readonly checkpoints: (afterNumber: number, limit: number) => Promise<readonly Checkpoint[]>
  /** The last one; undefined where nothing is sealed yet. */
  readonly newestCheckpoint: () => Promise<Checkpoint | undefined>
  /**
   * Reads the whole trail, or one record's, holds each record to it, and names the first entry that was changed, dropped or put
   * elsewhere, or the first record that was altered; `record_not_found` for a record that the company does not have.
   */
  readonly verifyChain: (of?: RecordOf) => Promise<Verified>
  /** The same of all records of a company, and of the checkpoints of the whole log, as far as the time allows. */
  readonly verifySlice: (slice: Slice) => Promise<VerifiedSlice>
}
