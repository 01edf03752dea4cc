import type { DescMessage, MessageInitShape } from '@bufbuild/protobuf'
import type { Aggregate, BusinessDate, Cause, Command, Decision, Scope } from '@saleswright/kernel'
import type { Connection } from 'mongoose'
import type { EventLog } from './event-log-port.ts'
import type { Inbox } from './inbox-port.ts'
import type { Filter, Mapping } from './mapping.ts'

export type ListQuery = {
  readonly filter?: Filter
  /** A name of the mapping's `orders`, `-` before it for falling. */
  readonly orderBy?: string
  /** Default 50, at most 200. */
  readonly pageSize?: number
  readonly pageToken?: string
  readonly withTotal?: boolean
}

export type Page<T> = {
  readonly items: readonly T[]
  /** '' on the last page. */
  readonly nextPageToken: string
  /** Counted up to 10,000; only when asked for. */
  readonly totalSize?: number
}

export type FindOptions = {
  /** Document fields, `-` before a falling one. */
  readonly sort?: readonly string[]
  readonly limit?: number
}

/** Records of one kind. The scope is part of every query: what lies outside of it is not there. */
export type Repository<T extends Aggregate> = {
  readonly name: string
  /** `<name>_not_found` for what is not there and for what is somebody else's alike. */
  get(scope: Scope, id: string): Promise<T>
  find(scope: Scope, id: string): Promise<T | undefined>
  findBy(scope: Scope, filter: Filter, options?: FindOptions): Promise<readonly T[]>
  /** A page that begins where the token says; `page_token_mismatch` when it was made for another filter or order. */
  list(scope: Scope, query?: ListQuery): Promise<Page<T>>
  count(scope: Scope, filter?: Filter): Promise<number>
  /** Groups and sums over the rows of the scope; the stages follow a `$match` of it. */
  aggregate<R extends object>(scope: Scope, stages: readonly Filter[]): Promise<readonly R[]>
}

/**
 * One attempt of a transaction: reads see what it has staged, writes wait for its end. What it reads and does not write is not
 * guarded against others, and the whole attempt may be made again, so it touches nothing but the store and idempotent reads.
 */
export type Tx = {
  readonly at: Date
  readonly cause: Cause
  get<T extends Aggregate>(repository: Repository<T>, scope: Scope, id: string): Promise<T>
  find<T extends Aggregate>(repository: Repository<T>, scope: Scope, id: string): Promise<T | undefined>
  /** Sends what is staged first, so that it is found too. */
  findBy<T extends Aggregate>(
    repository: Repository<T>,
    scope: Scope,
    filter: Filter,
    options?: FindOptions,
  ): Promise<readonly T[]>
  /** Stages a decision and gives the record with its new version; without events nothing is written. */
  save<T extends Aggregate>(repository: Repository<T>, decision: Decision<T>): T
  /** Stages a read model or a local copy: no events, the version rises by one when something changed. */
  put<T extends Aggregate>(repository: Repository<T>, record: T): T
  /** Local copies only: business records are never deleted. */
  remove<T extends Aggregate>(repository: Repository<T>, record: T): void
}

/** A change of what is stored, run once per database, in the order of the list. */
export type Migration = { readonly name: string; readonly run: () => Promise<void> }

/** The database of one service. */
export type Store = {
  readonly connection: Connection
  readonly eventLog: EventLog
  readonly inbox: Inbox
  /** Also registers the mapping, whose indexes `start` makes. */
  readonly repository: <T extends Aggregate, D extends object>(mapping: Mapping<T, D>) => Repository<T>
  /**
   * Does a command once. If its mark is stored, the answer of then is given again, after the caller's scope on the record was
   * asked again; the same mark with another body is `idempotency_key_reused`. Otherwise the work's records, its events and the
   * mark with the answer are stored together or not at all.
   */
  readonly answer: <S extends DescMessage>(
    command: Command & { readonly permission?: string },
    output: S,
    work: (tx: Tx) => Promise<MessageInitShape<S>>,
  ) => Promise<MessageInitShape<S>>
  /** The same without mark and answer: for reactions, jobs and migrations. */
  readonly transact: <R>(cause: Cause, work: (tx: Tx) => Promise<R>) => Promise<R>
  /** The next document number, `SO-20170301-000123`: unique per company and type, never reset, gaps after a restart. */
  readonly numbers: (companyId: string, type: string, date: BusinessDate) => Promise<string>
  /** Makes the indexes and runs the migrations that never ran, under a lease. */
  readonly start: (migrations?: readonly Migration[]) => Promise<void>
}
