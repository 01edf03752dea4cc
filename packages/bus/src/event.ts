/** What is known of an event besides its content. Ids are UUIDs, but `type`, the full name of its message, and `source`, a context. */
export type Envelope = {
  readonly eventId: string
  readonly type: string
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

/** An event as its owner's log has it. `position` is dense and rising in that log; `data` is the message in binary. */
export type StoredEvent = Envelope & { readonly position: bigint; readonly data: Uint8Array }

/** An event as a consumer gets it. Its key, by which it is ordered, is `aggregateId`. */
export type Received = StoredEvent & { readonly topic: string; readonly partition: number; readonly offset: bigint }

/** The topic of a context's events: `saleswright.orders.v1`. */
export const topicOf = (context: string): string => `saleswright.${context}.v1`

/** The context whose events a topic holds. */
export const contextOf = (topic: string): string => topic.split('.')[1] ?? topic
