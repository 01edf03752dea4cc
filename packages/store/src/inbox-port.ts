import type { StoredEvent } from './event-log-port.ts'
import type { Tx } from './record-port.ts'

/** An event as the bus brought it. Its key, by which it is ordered, is `aggregateId`. */
export type Received = StoredEvent & { readonly topic: string; readonly partition: number; readonly offset: bigint }

/** `reason` is '' for an event that only waits behind an earlier one of its aggregate; it holds nothing that somebody entered. */
export type ParkedEvent = Received & { readonly group: string; readonly reason: string; readonly parkedAt: Date }

export type Apply = (tx: Tx, event: Received) => Promise<void>

/** The events that a group could not apply, and the later ones of their aggregates. */
export type ParkedEvents = {
  /** Of all companies, in the order in which they would be applied, at most 1,000. */
  readonly list: (group: string) => Promise<readonly ParkedEvent[]>
  /** The same of one company, and with it what names no company where events of that company wait behind it. */
  readonly listOf: (companyId: string, group: string) => Promise<readonly ParkedEvent[]>
  /** Applies what waits for an aggregate, oldest first, each in a transaction that takes it from the list; throws the first fault. */
  readonly replay: (group: string, aggregateId: string, apply: Apply) => Promise<void>
  /** Gives up one event; those behind it wait on until they are replayed. */
  readonly drop: (group: string, eventId: string) => Promise<void>
}

/** Where a group goes on in a partition, and the position in the owner's log that it has passed there; without one, that stays. */
export type Stop = {
  readonly topic: string
  readonly partition: number
  readonly next: bigint
  readonly position?: bigint
}

/** What a consumer has done: the effects, the events that made them and the group's place are stored in one transaction. */
export type Inbox = {
  /** The offset that comes next; undefined for a partition that the group never read. */
  readonly nextOffset: (group: string, topic: string, partition: number) => Promise<bigint | undefined>
  /** The highest position in the producer's log that the group has passed. */
  readonly lastPosition: (group: string, topic: string, partition: number) => Promise<bigint | undefined>
  /**
   * Applies a batch of one partition in order. What the group had before is passed over; what belongs to an aggregate with
   * parked events is parked behind them. A fault of `apply` comes through as it is and leaves everything as it was.
   */
  // oxlint-disable-next-line max-params -- the place of a batch is named in full, also when the batch is empty
  readonly applyBatch: (
    group: string,
    topic: string,
    partition: number,
    batch: readonly Received[],
    apply: Apply,
  ) => Promise<void>
  /** Parks an event, unless the group has had it, and puts the place behind it. */
  readonly park: (group: string, event: Received, reason: string) => Promise<void>
  /** Puts the place to an offset, also backwards; the position never falls. */
  readonly moveTo: (group: string, stop: Stop) => Promise<void>
  /** Puts places behind what did not concern the group, in one transaction; none of them backwards. */
  readonly passTo: (group: string, stops: readonly Stop[]) => Promise<void>
  readonly parked: ParkedEvents
}
