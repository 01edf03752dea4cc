import type { DescMessage, MessageInitShape } from '@bufbuild/protobuf'
import type { Aggregate, BusinessDate, Cause, Command } from '@saleswright/kernel'
import type { Connection } from 'mongoose'
import type { EventLog } from './event-log-port.ts'
import type { Inbox } from './inbox-port.ts'
import type { Mapping } from './mapping.ts'
import type { Repository, Tx } from './record-port.ts'

export type * from './record-port.ts'

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
