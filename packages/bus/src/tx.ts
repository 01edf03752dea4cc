/** One attempt of a transaction of the store that a reaction writes to. Of the store nothing but this type and those of events is known here. */
export type { Tx } from '@saleswright/store'
