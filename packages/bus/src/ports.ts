import type { Place } from './bus.ts'
import type { Ends, Published, Received, StoredEvent } from './event.ts'
import type { Tx } from './tx.ts'

/** The producer's side of a store: events are written with the change that caused them, and published from here. */
export type EventLog = {
  /** The oldest that are not marked or lie behind a position, about so many, per aggregate in version order; each has its position durably before this returns. */
  readonly unsent: (limit: number, afterPosition?: bigint) => Promise<readonly StoredEvent[]>
  /** Marks everything up to the last of them, with the last position that each partition holds since. */
  readonly markSent: (events: readonly Pick<StoredEvent, 'position'>[], ends?: Ends) => Promise<void>
  readonly published: () => Promise<Published>
  readonly oldestUnsentAt: () => Promise<Date | undefined>
  /** Events that have a position, behind this one and in its order. */
  readonly read: (afterPosition: bigint, limit: number) => Promise<readonly StoredEvent[]>
  /** Calls the listener after each commit of events in this process, until what it returns is called. */
  readonly onCommit: (listener: () => void) => () => void
  /** Takes or renews a lease for so many milliseconds, or gives it up with 0; false while another holds it. */
  readonly acquireLease: (name: string, holder: string, ttlMs: number) => Promise<boolean>
}

export type Apply = (tx: Tx, event: Received) => Promise<void>

/** Where a group goes on; a position that is left out stays. */
export type Stop = Place & { readonly next: bigint; readonly position?: bigint }

type Stream = [group: string, topic: string, partition: number]

/** The consumer's side of a store. A group's place in a partition is the next offset and the highest position it has passed. */
export type Inbox = {
  readonly nextOffset: (...stream: Stream) => Promise<bigint | undefined>
  readonly lastPosition: (...stream: Stream) => Promise<bigint | undefined>
  /**
   * One transaction: in order, each event that the group has not had is applied, or, where an earlier one of its aggregate is
   * parked, parked behind it; then the place is behind the last of the batch. An error of `apply` comes through as it is.
   */
  readonly applyBatch: (...args: [...Stream, batch: readonly Received[], apply: Apply]) => Promise<void>
  /** One transaction: parks the event, unless the group has had it, and puts the place behind it. */
  readonly park: (group: string, event: Received, reason: string) => Promise<void>
  /** Puts the place to an offset, also backwards; the position never falls. */
  readonly moveTo: (group: string, stop: Stop) => Promise<void>
  /** Puts places behind what did not concern the group, in one transaction; none of them backwards. */
  readonly passTo: (group: string, stops: readonly Stop[]) => Promise<void>
  readonly parked: {
    /** Applies the parked events of one aggregate, oldest first, each in a transaction that takes it off the list; throws the first fault. */
    readonly replay: (group: string, aggregateId: string, apply: Apply) => Promise<void>
  }
}
