import type { Aggregate, Cause, Decision, Scope } from '@saleswright/kernel'
import type { Filter } from './mapping.ts'

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
  /** Those of many ids, each at its place, asked for at once. */
  findEach<T extends Aggregate>(
    repository: Repository<T>,
    scope: Scope,
    ids: readonly string[],
  ): Promise<readonly (T | undefined)[]>
  /**
   * Who holds values that a unique index keeps: asked for only once that index, or a rule, has refused the work, which is then made
   * again. So it serves to say whose the values are, and not to decide.
   */
  findHolder<T extends Aggregate>(repository: Repository<T>, scope: Scope, filter: Filter): Promise<T | undefined>
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
