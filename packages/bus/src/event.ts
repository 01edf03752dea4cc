// The store writes events and the bus carries them: what they look like is the store's to say.
export type { Ends, Envelope, Published, Received, StoredEvent } from '@saleswright/store'

/** The topic of a context's events: `saleswright.orders.v1`. */
export const topicOf = (context: string): string => `saleswright.${context}.v1`

/** The context whose events a topic holds. */
export const contextOf = (topic: string): string => topic.split('.')[1] ?? topic
